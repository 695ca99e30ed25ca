; The program that installs Reweave on Windows for one user, without the rights of an administrator.
;
; It lays the files, and has the command that it has laid do the rest (`reweave install`), which knows where programs look.
; Lists of files and the version are filled in by `cargo xtask bundle nsis`.
;
; Silently: setup.exe /S [/components=gimp,openfx,terminal] [/D=C:\folder], where /D comes last and takes no quotes.
; Without /components: those that are installed, or all.

; NSIS' own first line of defence is a 32-bit program, which a 64-bit system without 32-bit parts does not run.
Target amd64-unicode

!include MUI2.nsh
!include FileFunc.nsh
!include LogicLib.nsh
!include Sections.nsh

Name "Reweave @VERSION@"
OutFile "@SETUP@"
InstallDir "$LOCALAPPDATA\Programs\Reweave"
RequestExecutionLevel user
SetCompressor /SOLID lzma
ManifestDPIAware true
BrandingText " "
; The lines in which the command tells what it did for each component are shown, not folded away.
ShowInstDetails show
VIProductVersion "@NUMBERS@"
VIAddVersionKey "ProductName" "Reweave"
VIAddVersionKey "ProductVersion" "@VERSION@"
VIAddVersionKey "FileVersion" "@VERSION@"
VIAddVersionKey "FileDescription" "Reweave setup"
VIAddVersionKey "LegalCopyright" "MIT OR Apache-2.0"

; What is remembered of an installation: its folder, and the components that were chosen.
!define MEMORY "Software\Reweave"
; What Windows shows among the installed apps.
!define APP "Software\Microsoft\Windows\CurrentVersion\Uninstall\Reweave"

!define MUI_COMPONENTSPAGE_SMALLDESC
!define MUI_FINISHPAGE_NOAUTOCLOSE
!define MUI_WELCOMEPAGE_TEXT "Reweave fills what you select with what fits in: in GIMP, in OpenFX hosts, and by the command \
reweave.$\r$\n$\r$\nIt is installed for you alone, without the rights of an administrator, and fetches nothing."
!define MUI_FINISHPAGE_TITLE "Reweave is installed"
!define MUI_FINISHPAGE_TEXT "GIMP: Filters > Enhance > Content-Aware Fill. A GIMP that was never started has no place for \
the plug-in yet: start it once, and run this setup again.$\r$\n$\r$\nOpenFX hosts: the node Reweave Fill. Start programs again \
that were open.$\r$\n$\r$\nIn a new terminal: reweave doctor"

!insertmacro MUI_PAGE_WELCOME
!insertmacro MUI_PAGE_COMPONENTS
!insertmacro MUI_PAGE_DIRECTORY
!insertmacro MUI_PAGE_INSTFILES
!insertmacro MUI_PAGE_FINISH
!insertmacro MUI_UNPAGE_CONFIRM
!insertmacro MUI_UNPAGE_INSTFILES
!insertmacro MUI_LANGUAGE English

; The components that were installed before, parted by commas with one at either end; empty if none were.
Var Before
; The components that are chosen, in the same form.
Var Chosen

; Whether the list $R0 has the word $R1 in it: then $R0 is "yes".
Function Has
  Push $R2
  Push $R3
  Push $R4
  StrLen $R2 ",$R1,"
  StrCpy $R3 0
  ${Do}
    StrCpy $R4 $R0 $R2 $R3
    ${If} $R4 == ""
      StrCpy $R0 "no"
      ${Break}
    ${ElseIf} $R4 == ",$R1,"
      StrCpy $R0 "yes"
      ${Break}
    ${EndIf}
    IntOp $R3 $R3 + 1
  ${Loop}
  Pop $R4
  Pop $R3
  Pop $R2
FunctionEnd

; How many words the list $R0 has, with a comma at either end: then $R0 is the number.
Function Words
  Push $R2
  Push $R3
  StrCpy $R3 -1
  ${Do}
    StrCpy $R2 $R0 1
    StrCpy $R0 $R0 "" 1
    ${If} $R2 == ","
      IntOp $R3 $R3 + 1
    ${EndIf}
  ${LoopUntil} $R2 == ""
  StrCpy $R0 $R3
  Pop $R3
  Pop $R2
FunctionEnd

; Runs the command that was laid, shows what it says, and leaves its status in $0.
!macro Reweave WORDS
  nsExec::ExecToLog '"$INSTDIR\reweave.exe" ${WORDS}'
  Pop $0
!macroend

; What was moved away because a program had it open, and can be removed once the program has ended.
!define OLD ".reweave-old"

; Removes a file, or moves it away if a program has it open: that takes it from the folder in any case.
!macro Remove FILE
  Delete "$INSTDIR\${FILE}"
  ${If} ${FileExists} "$INSTDIR\${FILE}"
    GetTempFileName $R9
    Delete "$R9"
    Rename "$INSTDIR\${FILE}" "$R9${OLD}"
  ${EndIf}
!macroend

; A component is put in if it is chosen, and taken out if it was there before and is not chosen any more.
!macro Component ID SECTION WORDS
  ${If} ${SectionIsSelected} ${SECTION}
    StrCpy $Chosen "$Chosen${ID},"
    !insertmacro Reweave "${WORDS}"
    ${If} $0 != 0
      DetailPrint "Not done; reweave ${WORDS} does it later."
    ${EndIf}
  ${Else}
    StrCpy $R0 $Before
    StrCpy $R1 ${ID}
    Call Has
    ${If} $R0 == "yes"
      !insertmacro Reweave "${WORDS} --uninstall"
    ${EndIf}
  ${EndIf}
!macroend

; Chooses a component if $Before has it, and counts it in $R7.
!macro Choose ID SECTION
  StrCpy $R0 $Before
  StrCpy $R1 ${ID}
  Call Has
  ${If} $R0 == "yes"
    !insertmacro SelectSection ${SECTION}
    IntOp $R7 $R7 + 1
  ${Else}
    !insertmacro UnselectSection ${SECTION}
  ${EndIf}
!macroend

Section "Reweave" SEC_FILES
  SectionIn RO
  ; The files of an older version, wherever it lies; its uninstaller cannot remove itself while it is waited for.
  ReadRegStr $R8 HKCU "${MEMORY}" "Folder"
  ${If} $R8 != ""
  ${AndIf} ${FileExists} "$R8\uninstall.exe"
    ExecWait '"$R8\uninstall.exe" /S /files _?=$R8'
    Delete "$R8\uninstall.exe"
    RMDir "$R8"
  ${EndIf}

  Delete "$TEMP\*${OLD}"

  SetOutPath "$INSTDIR"
  ClearErrors
@FILES@
  WriteUninstaller "$INSTDIR\uninstall.exe"
  ${If} ${Errors}
    DetailPrint "Not all files could be written to $INSTDIR."
    SetErrorLevel 2
    Abort "Close the programs that use Reweave, and run the setup again."
  ${EndIf}

  WriteRegStr HKCU "${MEMORY}" "Folder" "$INSTDIR"
  WriteRegStr HKCU "${APP}" "DisplayName" "Reweave"
  WriteRegStr HKCU "${APP}" "DisplayVersion" "@VERSION@"
  WriteRegStr HKCU "${APP}" "Publisher" "The Reweave authors"
  WriteRegStr HKCU "${APP}" "InstallLocation" "$INSTDIR"
  WriteRegStr HKCU "${APP}" "UninstallString" '"$INSTDIR\uninstall.exe"'
  WriteRegStr HKCU "${APP}" "QuietUninstallString" '"$INSTDIR\uninstall.exe" /S'
  WriteRegDWORD HKCU "${APP}" "NoModify" 1
  WriteRegDWORD HKCU "${APP}" "NoRepair" 1
  SectionGetSize ${SEC_FILES} $0
  WriteRegDWORD HKCU "${APP}" "EstimatedSize" $0

  ${IfNot} ${FileExists} "$SYSDIR\msvcp140.dll"
    DetailPrint "Microsoft's Visual C++ Redistributable (x64) is not installed: fills will be slower."
    MessageBox MB_ICONINFORMATION|MB_OK "Reweave works, but slower than it could: its fast runtime needs Microsoft's Visual C++ \
Redistributable for x64, which this computer does not have.$\r$\n$\r$\nhttps://aka.ms/vs/17/release/vc_redist.x64.exe" /SD IDOK
  ${EndIf}
SectionEnd

; What they do is told below, because it is done whether they are chosen or not.
Section "Plug-in for GIMP" SEC_GIMP
SectionEnd
Section "Node for OpenFX hosts" SEC_OPENFX
SectionEnd
Section "Command in terminals" SEC_TERMINAL
SectionEnd

Section "-components"
  StrCpy $Chosen ","
  !insertmacro Component "gimp" ${SEC_GIMP} "install gimp"
  !insertmacro Component "openfx" ${SEC_OPENFX} "install openfx --for-me"
  !insertmacro Component "terminal" ${SEC_TERMINAL} "install terminal"
  WriteRegStr HKCU "${MEMORY}" "Components" "$Chosen"
SectionEnd

Function .onInit
  ReadRegStr $Before HKCU "${MEMORY}" "Components"
  Push $Before
  ReadRegStr $R0 HKCU "${MEMORY}" "Folder"
  ${If} $R0 != ""
  ${AndIf} $INSTDIR == "$LOCALAPPDATA\Programs\Reweave"
    StrCpy $INSTDIR $R0
  ${EndIf}
  ${If} $Before == ""
    StrCpy $Before ",gimp,openfx,terminal,"
  ${EndIf}
  ${GetParameters} $R5
  ClearErrors
  ${GetOptions} $R5 "/components=" $R6
  ${IfNot} ${Errors}
    StrCpy $Before ","
    ${If} $R6 != ""
      StrCpy $Before ",$R6,"
    ${EndIf}
  ${EndIf}
  StrCpy $R7 0
  !insertmacro Choose "gimp" ${SEC_GIMP}
  !insertmacro Choose "openfx" ${SEC_OPENFX}
  !insertmacro Choose "terminal" ${SEC_TERMINAL}
  ; A word that is misspelt takes nothing out.
  StrCpy $R0 $Before
  Call Words
  ${If} $R0 != $R7
    MessageBox MB_ICONSTOP|MB_OK "/components takes gimp, openfx and terminal, parted by commas." /SD IDOK
    SetErrorLevel 2
    Quit
  ${EndIf}
  Pop $Before
FunctionEnd

!insertmacro MUI_FUNCTION_DESCRIPTION_BEGIN
  !insertmacro MUI_DESCRIPTION_TEXT ${SEC_FILES} "The program, two models and ONNX Runtime, in a folder of yours."
  !insertmacro MUI_DESCRIPTION_TEXT ${SEC_GIMP} "Filters > Enhance > Content-Aware Fill, in every GIMP of yours that was \
started once."
  !insertmacro MUI_DESCRIPTION_TEXT ${SEC_OPENFX} "Reweave Fill, for Natron, Nuke, Resolve, Kdenlive and others, by \
OFX_PLUGIN_PATH."
  !insertmacro MUI_DESCRIPTION_TEXT ${SEC_TERMINAL} "New terminal windows find the command reweave."
!insertmacro MUI_FUNCTION_DESCRIPTION_END

Section "Uninstall"
  ; An upgrade removes the files alone.
  ${GetParameters} $R5
  ClearErrors
  ${GetOptions} $R5 "/files" $R6
  ${If} ${Errors}
    !insertmacro Reweave "install gimp --uninstall"
    !insertmacro Reweave "install openfx --for-me --uninstall"
    !insertmacro Reweave "install terminal --uninstall"
    DeleteRegKey HKCU "${APP}"
    DeleteRegKey HKCU "${MEMORY}"
  ${EndIf}
  SetOutPath "$TEMP"
  Delete "$TEMP\*${OLD}"
@REMOVALS@
  Delete "$INSTDIR\uninstall.exe"
  RMDir "$INSTDIR"
SectionEnd
