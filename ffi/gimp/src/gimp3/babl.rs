// Written by `cargo xtask bindings`; not to be edited.

use super::types::*;

pub struct Babls {
    __library: ::libloading::Library,
    pub babl_format: Result<
        unsafe extern "C" fn(encoding: *const ::std::os::raw::c_char) -> *const Babl,
        ::libloading::Error,
    >,
    pub babl_format_with_space: Result<
        unsafe extern "C" fn(
            encoding: *const ::std::os::raw::c_char,
            space: *const Babl,
        ) -> *const Babl,
        ::libloading::Error,
    >,
    pub babl_fish: Result<
        unsafe extern "C" fn(
            source_format: *const ::std::os::raw::c_void,
            destination_format: *const ::std::os::raw::c_void,
        ) -> *const Babl,
        ::libloading::Error,
    >,
    pub babl_process: Result<
        unsafe extern "C" fn(
            babl_fish: *const Babl,
            source: *const ::std::os::raw::c_void,
            destination: *mut ::std::os::raw::c_void,
            n: ::std::os::raw::c_long,
        ) -> ::std::os::raw::c_long,
        ::libloading::Error,
    >,
    pub babl_get_name: Result<
        unsafe extern "C" fn(babl: *const Babl) -> *const ::std::os::raw::c_char,
        ::libloading::Error,
    >,
    pub babl_format_get_bytes_per_pixel: Result<
        unsafe extern "C" fn(format: *const Babl) -> ::std::os::raw::c_int,
        ::libloading::Error,
    >,
    pub babl_format_get_model:
        Result<unsafe extern "C" fn(format: *const Babl) -> *const Babl, ::libloading::Error>,
    pub babl_get_model_flags:
        Result<unsafe extern "C" fn(model: *const Babl) -> BablModelFlag, ::libloading::Error>,
    pub babl_format_get_type: Result<
        unsafe extern "C" fn(
            format: *const Babl,
            component_index: ::std::os::raw::c_int,
        ) -> *const Babl,
        ::libloading::Error,
    >,
}
impl Babls {
    pub unsafe fn from_library<L>(library: L) -> Result<Self, ::libloading::Error>
    where
        L: Into<::libloading::Library>,
    {
        let __library = library.into();
        let babl_format = unsafe { __library.get(b"babl_format\0") }.map(|sym| *sym);
        let babl_format_with_space =
            unsafe { __library.get(b"babl_format_with_space\0") }.map(|sym| *sym);
        let babl_fish = unsafe { __library.get(b"babl_fish\0") }.map(|sym| *sym);
        let babl_process = unsafe { __library.get(b"babl_process\0") }.map(|sym| *sym);
        let babl_get_name = unsafe { __library.get(b"babl_get_name\0") }.map(|sym| *sym);
        let babl_format_get_bytes_per_pixel =
            unsafe { __library.get(b"babl_format_get_bytes_per_pixel\0") }.map(|sym| *sym);
        let babl_format_get_model =
            unsafe { __library.get(b"babl_format_get_model\0") }.map(|sym| *sym);
        let babl_get_model_flags =
            unsafe { __library.get(b"babl_get_model_flags\0") }.map(|sym| *sym);
        let babl_format_get_type =
            unsafe { __library.get(b"babl_format_get_type\0") }.map(|sym| *sym);
        Ok(Babls {
            __library,
            babl_format,
            babl_format_with_space,
            babl_fish,
            babl_process,
            babl_get_name,
            babl_format_get_bytes_per_pixel,
            babl_format_get_model,
            babl_get_model_flags,
            babl_format_get_type,
        })
    }
    pub unsafe fn babl_format(&self, encoding: *const ::std::os::raw::c_char) -> *const Babl {
        unsafe {
            (self
                .babl_format
                .as_ref()
                .expect("Expected function, got error."))(encoding)
        }
    }
    pub unsafe fn babl_format_with_space(
        &self,
        encoding: *const ::std::os::raw::c_char,
        space: *const Babl,
    ) -> *const Babl {
        unsafe {
            (self
                .babl_format_with_space
                .as_ref()
                .expect("Expected function, got error."))(encoding, space)
        }
    }
    pub unsafe fn babl_fish(
        &self,
        source_format: *const ::std::os::raw::c_void,
        destination_format: *const ::std::os::raw::c_void,
    ) -> *const Babl {
        unsafe {
            (self
                .babl_fish
                .as_ref()
                .expect("Expected function, got error."))(
                source_format, destination_format
            )
        }
    }
    pub unsafe fn babl_process(
        &self,
        babl_fish: *const Babl,
        source: *const ::std::os::raw::c_void,
        destination: *mut ::std::os::raw::c_void,
        n: ::std::os::raw::c_long,
    ) -> ::std::os::raw::c_long {
        unsafe {
            (self
                .babl_process
                .as_ref()
                .expect("Expected function, got error."))(
                babl_fish, source, destination, n
            )
        }
    }
    pub unsafe fn babl_get_name(&self, babl: *const Babl) -> *const ::std::os::raw::c_char {
        unsafe {
            (self
                .babl_get_name
                .as_ref()
                .expect("Expected function, got error."))(babl)
        }
    }
    pub unsafe fn babl_format_get_bytes_per_pixel(
        &self,
        format: *const Babl,
    ) -> ::std::os::raw::c_int {
        unsafe {
            (self
                .babl_format_get_bytes_per_pixel
                .as_ref()
                .expect("Expected function, got error."))(format)
        }
    }
    pub unsafe fn babl_format_get_model(&self, format: *const Babl) -> *const Babl {
        unsafe {
            (self
                .babl_format_get_model
                .as_ref()
                .expect("Expected function, got error."))(format)
        }
    }
    pub unsafe fn babl_get_model_flags(&self, model: *const Babl) -> BablModelFlag {
        unsafe {
            (self
                .babl_get_model_flags
                .as_ref()
                .expect("Expected function, got error."))(model)
        }
    }
    pub unsafe fn babl_format_get_type(
        &self,
        format: *const Babl,
        component_index: ::std::os::raw::c_int,
    ) -> *const Babl {
        unsafe {
            (self
                .babl_format_get_type
                .as_ref()
                .expect("Expected function, got error."))(format, component_index)
        }
    }
}
