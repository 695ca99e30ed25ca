//! The preview: the region before and after, made again when a setting changes.

use super::Subject;
use super::show::{self, SIDE};
use crate::engine::Model;
use crate::fill::{self, Job, Progress};
use crate::gimp3::bar::Bar;
use crate::gimp3::core::{core, to_c, window};
use crate::gimp3::values;
use crate::options::{Options, Values, model};
use crate::preview::{Answer, Worker};
use crate::rect::Rect;
use crate::stop::Stop;
use crate::text::{tr, tr_with};
use reweave_gimp_sys::gimp3::types as c;
use std::cell::RefCell;
use std::ffi::c_void;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::ptr::null_mut;
use std::sync::Arc;
use std::time::{Duration, Instant};

/// How long the settings have to be left alone before the preview is made again.
const CALM: Duration = Duration::from_millis(300);
/// Milliseconds between two looks at the worker.
const TICK: u32 = 40;

/// What GLib calls when a property has changed; it takes every handler as one without arguments.
type OnNotify = unsafe extern "C" fn(*mut c::GObject, *mut c_void, *mut c_void);

/// How far the preview is.
enum Phase {
    /// The model is being opened or the fill computed.
    Busy,
    Ready(Box<Job>),
    Failed,
}

/// The widgets, and what they show.
struct Inner<'a> {
    subject: Subject<'a>,
    worker: Worker,
    before: *mut c::GtkImage,
    after: *mut c::GtkImage,
    status: *mut c::GtkLabel,
    /// When a setting changed that the preview does not show yet.
    changed: Option<Instant>,
    /// The settings of the fill that is under way or shown.
    values: Values,
    phase: Phase,
    /// The part of the image that is shown, and what it looks like unfilled.
    view: Rect,
    unfilled: Vec<u8>,
    /// What the network runs on, and why on nothing better.
    runtime: String,
}

/// The preview of one dialog.
pub struct Pane<'a> {
    inner: Box<RefCell<Inner<'a>>>,
    timer: u32,
}

impl<'a> Pane<'a> {
    /// Puts the preview's widgets into `columns`.
    ///
    /// # Safety
    /// `columns` is a box of the dialog, and `subject` that of this run.
    pub unsafe fn new(subject: Subject<'a>, columns: *mut c::GtkBox) -> Self {
        let (mut before, mut after, mut status) = (null_mut(), null_mut(), null_mut());
        if let Ok(window) = window() {
            let gtk = &window.gtk;
            // SAFETY: the widgets are new, and are given to the box.
            unsafe {
                let column = gtk.gtk_box_new(c::GTK_ORIENTATION_VERTICAL, 4);
                for (title, image) in [(tr("Before"), &mut before), (tr("After"), &mut after)] {
                    let title = to_c(&title);
                    let label = gtk.gtk_label_new(title.as_ptr());
                    gtk.gtk_label_set_xalign(label.cast(), 0.0);
                    gtk.gtk_box_pack_start(column.cast(), label, 0, 0, 0);
                    let picture = gtk.gtk_image_new();
                    gtk.gtk_widget_set_size_request(picture, SIDE, SIDE * 3 / 4);
                    gtk.gtk_box_pack_start(column.cast(), picture, 0, 0, 0);
                    *image = picture.cast();
                }
                let label = gtk.gtk_label_new(c"".as_ptr());
                gtk.gtk_label_set_line_wrap(label.cast(), 1);
                gtk.gtk_label_set_max_width_chars(label.cast(), 36);
                gtk.gtk_label_set_xalign(label.cast(), 0.0);
                gtk.gtk_box_pack_start(column.cast(), label, 0, 0, 0);
                status = label.cast();
                gtk.gtk_box_pack_start(columns, column, 0, 0, 0);
                gtk.gtk_widget_show_all(column);
            }
        }
        let inner = Inner {
            subject,
            worker: Worker::start(*subject.engine),
            before,
            after,
            status,
            changed: None,
            values: Vec::new(),
            phase: Phase::Failed,
            view: Rect::default(),
            unfilled: Vec::new(),
            runtime: String::new(),
        };
        Self {
            inner: Box::new(RefCell::new(inner)),
            timer: 0,
        }
    }

    /// Starts to listen to the settings and makes the first preview.
    pub fn start(&mut self) {
        let data: *mut c_void = (&raw const *self.inner).cast_mut().cast();
        let inner = self.inner.borrow();
        let config = inner.subject.config;
        inner.say(&tr("Opening the model..."));
        drop(inner);
        self.inner.borrow_mut().request();
        // SAFETY: `inner` lives in its box until `stop` has ended the timer and the dialog is gone; the callbacks have
        // the types that GLib calls them with.
        unsafe {
            let changed = Some(std::mem::transmute::<OnNotify, unsafe extern "C" fn()>(
                changed,
            ));
            core().gobject.g_signal_connect_data(
                config.cast(),
                c"notify".as_ptr(),
                changed,
                data,
                None,
                0,
            );
            self.timer = core().glib.g_timeout_add(TICK, Some(tick), data);
        }
    }

    /// Ends the timer; the dialog may go now.
    pub fn stop(&mut self) {
        let config = self.inner.borrow().subject.config;
        let data: *mut c_void = (&raw const *self.inner).cast_mut().cast();
        // SAFETY: the timer and the handlers were made by `start` and are ended once.
        unsafe {
            core().glib.g_source_remove(self.timer);
            let matching = c::G_SIGNAL_MATCH_DATA;
            core().gobject.g_signal_handlers_disconnect_matched(
                config.cast(),
                matching,
                0,
                0,
                null_mut(),
                null_mut(),
                data,
            );
        }
    }

    /// The fill that was shown, or is about to be, if it is the one that the user said OK to.
    pub fn finish(self) -> Option<Job> {
        let mut inner = self.inner.into_inner();
        inner.status = null_mut();
        (inner.before, inner.after) = (null_mut(), null_mut());
        if inner.changed.is_some() && inner.current() != inner.values {
            return None;
        }
        if let Phase::Busy = inner.phase {
            let mut bar = Bar::start();
            let mut progress = Progress::start(&mut bar, 1);
            while let Phase::Busy = inner.phase {
                progress.report(inner.worker.done());
                match inner.worker.wait(Duration::from_millis(50)) {
                    Ok(Some(answer)) => inner.take(answer),
                    Ok(None) => {}
                    Err(_) => break,
                }
            }
        }
        match inner.phase {
            Phase::Ready(job) => Some(*job),
            Phase::Busy | Phase::Failed => None,
        }
    }
}

impl Inner<'_> {
    fn current(&self) -> Values {
        // SAFETY: the configuration is that of this run.
        unsafe { values::read(self.subject.config, self.subject.table) }
    }

    fn say(&self, text: &str) {
        let text = to_c(text);
        if let (Ok(window), false) = (window(), self.status.is_null()) {
            // SAFETY: the label lives as long as the dialog, and is forgotten when that goes.
            unsafe { window.gtk.gtk_label_set_text(self.status, text.as_ptr()) };
        }
    }

    /// What shows when the mouse rests on the line of text.
    fn explain(&self, text: &str) {
        let text = to_c(text);
        if let (Ok(window), false) = (window(), self.status.is_null()) {
            // SAFETY: as in `say`.
            unsafe {
                window
                    .gtk
                    .gtk_widget_set_tooltip_text(self.status.cast(), text.as_ptr())
            };
        }
    }

    /// Makes the preview for the settings as they are now.
    fn request(&mut self) {
        self.changed = None;
        self.values = self.current();
        let value = |wanted: &str| {
            self.values
                .iter()
                .find(|(id, _)| id == wanted)
                .map(|(_, value)| value.clone())
                .unwrap_or_default()
        };
        self.worker
            .open(model(&self.values).to_owned(), value("device"));
        self.phase = Phase::Busy;
    }

    fn tick(&mut self) {
        if self.changed.is_some_and(|at| at.elapsed() >= CALM) {
            if self.current() != self.values {
                self.request();
            }
            self.changed = None;
        }
        if let Some(answer) = self.worker.answer() {
            self.take(answer);
        }
        if let Phase::Busy = self.phase {
            let percent = format!("{:.0} %", self.worker.done() * 100.0);
            self.say(&tr_with("Filling... {}", &percent));
        }
    }

    fn take(&mut self, answer: Answer) {
        match answer {
            Answer::Opened(model) => {
                if let Err(Stop::Because(sentence)) = self.fill(model) {
                    self.fail(&sentence);
                }
            }
            Answer::Filled(job) => {
                self.show_filled(&job);
                self.phase = Phase::Ready(job);
                // What runs it is worth a line; why not something better, a look.
                self.say(self.runtime.lines().next().unwrap_or_default());
                self.explain(&self.runtime);
            }
            Answer::Failed(sentence) => self.fail(&sentence),
        }
    }

    fn fail(&mut self, sentence: &str) {
        self.phase = Phase::Failed;
        self.say(sentence);
    }

    /// Reads the pixels, which only this thread may do, and lets the worker fill them.
    fn fill(&mut self, model: Arc<Model>) -> Result<(), Stop> {
        let Subject {
            engine,
            image,
            targets,
            ..
        } = self.subject;
        let options = Options::new(engine, self.subject.table, &self.values)?;
        let Some(target) = targets.first() else {
            return Ok(());
        };
        let job = fill::prepare(engine, &model, image, *target, &options)?;
        self.runtime = model.runtime();
        let hole = job.coverage.bounds();
        self.view = hole
            .grown(hole.width.max(hole.height) / 2)
            .intersection(&job.pixels.rect);
        self.unfilled = show::for_screen(&job.pixels.crop(self.view));
        self.show(self.before, &self.unfilled);
        self.worker.fill(job, model, options.fill);
        Ok(())
    }

    fn show_filled(&self, job: &Job) {
        let filled = show::for_screen(&job.pixels.crop(self.view));
        self.show(
            self.after,
            &show::blend(&self.unfilled, &filled, &job.coverage.over(self.view)),
        );
    }

    fn show(&self, image: *mut c::GtkImage, pixels: &[u8]) {
        if !image.is_null() {
            show::show(image, pixels, self.view.width, self.view.height);
        }
    }
}

/// A setting has changed.
unsafe extern "C" fn changed(_config: *mut c::GObject, _property: *mut c_void, data: *mut c_void) {
    with(data, |inner| inner.changed = Some(Instant::now()));
}

/// Time to look at the worker; 1 to be called again.
unsafe extern "C" fn tick(data: *mut c_void) -> c::gboolean {
    with(data, |inner| inner.tick());
    1
}

/// Works on the pane that a callback's data points to, unless it is being worked on.
fn with(data: *mut c_void, work: impl FnOnce(&mut Inner<'_>)) {
    // A panic must not run into GLib; what it leaves behind is shown at worst.
    let _ = catch_unwind(AssertUnwindSafe(|| {
        // SAFETY: `Pane::start` gave this pointer, and `Pane::stop` ends the callbacks before the pane goes.
        let inner = unsafe { &*data.cast::<RefCell<Inner<'_>>>() };
        if let Ok(mut inner) = inner.try_borrow_mut() {
            work(&mut inner);
        }
    }));
}
