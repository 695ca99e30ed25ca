//! What Vulkan's drivers tell of their cards. Few functions of it are needed, so they are written out here.

use std::env::consts::ARCH;
use std::ffi::{CStr, c_char, c_void};
use std::path::{Path, PathBuf};
use std::ptr;

use libloading::Library;

use super::{Adapter, AdapterKind, maker};

/// Vulkan's loader, in the folders where systems keep it: it is never opened by its bare name.
const LOADER: &str = "libvulkan.so.1";

type Instance = *mut c_void;
type Device = *mut c_void;

/// `VkInstanceCreateInfo`.
#[repr(C)]
struct InstanceInfo {
    kind: u32,
    next: *const c_void,
    flags: u32,
    application: *const c_void,
    layer_count: u32,
    layers: *const *const c_char,
    extension_count: u32,
    extensions: *const *const c_char,
}

/// The beginning of `VkPhysicalDeviceProperties`, with room for the rest of its 824 bytes.
#[repr(C)]
struct Properties {
    api: u32,
    driver: u32,
    vendor: u32,
    device: u32,
    kind: u32,
    name: [c_char; 256],
    rest: [u64; 128],
}

type CreateInstance =
    unsafe extern "C" fn(*const InstanceInfo, *const c_void, *mut Instance) -> i32;
type DestroyInstance = unsafe extern "C" fn(Instance, *const c_void);
type Enumerate = unsafe extern "C" fn(Instance, *mut u32, *mut Device) -> i32;
type GetProperties = unsafe extern "C" fn(Device, *mut Properties);

/// The loader's path, if this system has it.
pub fn loader() -> Option<PathBuf> {
    let multiarch = format!("/usr/lib/{ARCH}-linux-gnu");
    [multiarch.as_str(), "/usr/lib64", "/usr/lib"]
        .iter()
        .map(|folder| Path::new(folder).join(LOADER))
        .find(|library| library.exists())
}

/// All cards, in the order of the drivers.
pub fn adapters() -> Result<Vec<Adapter>, String> {
    let path = loader().ok_or("there is no Vulkan on this system")?;
    // SAFETY: the system's own loader, made to be opened by any program; its initialisers ask nothing of us.
    let library = unsafe { Library::new(&path) }.map_err(|error| error.to_string())?;
    // It and the drivers that it opens may have threads and thread-local destructors: none of them is unloaded again.
    let library: &'static Library = Box::leak(Box::new(library));
    // SAFETY: Vulkan's own names, with the types that its headers give them.
    let (create, destroy, enumerate, properties) = unsafe {
        (
            function::<CreateInstance>(library, c"vkCreateInstance")?,
            function::<DestroyInstance>(library, c"vkDestroyInstance")?,
            function::<Enumerate>(library, c"vkEnumeratePhysicalDevices")?,
            function::<GetProperties>(library, c"vkGetPhysicalDeviceProperties")?,
        )
    };
    let info = InstanceInfo {
        kind: 1, // VK_STRUCTURE_TYPE_INSTANCE_CREATE_INFO
        next: ptr::null(),
        flags: 0,
        application: ptr::null(),
        layer_count: 0,
        layers: ptr::null(),
        extension_count: 0,
        extensions: ptr::null(),
    };
    let mut instance: Instance = ptr::null_mut();
    // SAFETY: the struct is filled in as the headers say, and both outlive the call.
    let result = unsafe { create(&info, ptr::null(), &mut instance) };
    if result != 0 {
        return Err(format!("Vulkan has no driver that works (error {result})"));
    }
    let mut count = 0;
    // SAFETY: without a list to fill, only the count is written.
    unsafe { enumerate(instance, &mut count, ptr::null_mut()) };
    let mut devices: Vec<Device> = vec![ptr::null_mut(); count as usize];
    // SAFETY: the list has the room that `count` says, and `count` comes back as what was filled.
    unsafe { enumerate(instance, &mut count, devices.as_mut_ptr()) };
    devices.truncate(count as usize);
    let found = devices.into_iter().filter(|device| !device.is_null());
    let adapters = found
        .map(|device| {
            let mut told = Properties {
                api: 0,
                driver: 0,
                vendor: 0,
                device: 0,
                kind: 0,
                name: [0; 256],
                rest: [0; 128],
            };
            // SAFETY: the device is of this instance, and the struct is larger than what is written.
            unsafe { properties(device, &mut told) };
            described(&told)
        })
        .collect();
    // SAFETY: nothing of the instance is used any more.
    unsafe { destroy(instance, ptr::null()) };
    Ok(adapters)
}

/// A function of the library.
///
/// # Safety
/// `F` has to be the function's type.
unsafe fn function<F: Copy>(library: &'static Library, name: &CStr) -> Result<F, String> {
    // SAFETY: the caller says that this is its type.
    let found = unsafe { library.get::<F>(name.to_bytes_with_nul()) };
    found
        .map(|symbol| *symbol)
        .map_err(|error| error.to_string())
}

fn described(told: &Properties) -> Adapter {
    // A name without an end would be the driver's fault; it is read to the end of its room then.
    let name: Vec<u8> = told
        .name
        .iter()
        .map(|&letter| letter as u8)
        .take_while(|&letter| letter != 0)
        .collect();
    Adapter {
        maker: maker(told.vendor),
        kind: match told.kind {
            1 => AdapterKind::Integrated,
            2 => AdapterKind::Discrete,
            3 => AdapterKind::Virtual,
            4 => AdapterKind::Software,
            _ => AdapterKind::Unknown,
        },
        name: String::from_utf8_lossy(&name).into_owned(),
        driver: driver(told.vendor, told.driver),
    }
}

/// A driver's version in its maker's own way: NVIDIA parts it otherwise than the rest.
fn driver(vendor: u32, version: u32) -> String {
    match vendor {
        0x10de => format!(
            "{}.{}.{}",
            version >> 22,
            version >> 14 & 0xff,
            version >> 6 & 0xff
        ),
        _ => format!(
            "{}.{}.{}",
            version >> 22,
            version >> 12 & 0x3ff,
            version & 0xfff
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_told_is_read() {
        let mut told = Properties {
            api: 0,
            driver: 25 << 22 | 7,
            vendor: 0x10005,
            device: 0,
            kind: 4,
            name: [0; 256],
            rest: [0; 128],
        };
        for (to, from) in told
            .name
            .iter_mut()
            .zip(b"llvmpipe (LLVM 19.1.7, 256 bits)")
        {
            *to = *from as c_char;
        }
        assert_eq!(
            described(&told).to_string(),
            "Mesa: llvmpipe (LLVM 19.1.7, 256 bits), software, driver 25.0.7"
        );
        assert_eq!(driver(0x10de, 580 << 22 | 95 << 14 | 5 << 6), "580.95.5");
    }

    /// Where there is no Vulkan, that is said; where there is, asking does no harm.
    #[test]
    fn asking_twice_gives_the_same() {
        assert_eq!(adapters(), adapters());
    }
}
