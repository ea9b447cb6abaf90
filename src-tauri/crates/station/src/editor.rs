//! The form editor's verbs: what forms there are, how one looks on a head, keeping it, taking a
//! file in. A form is judged by its file: what the editor shows is written as text and read like
//! any file, so that nothing can be saved that could not be read.

use crate::{
    Station,
    carrier::{self, parts},
    config::{
        self, ConfigFault, Element, FormEdit, NoEdit, ShopForm, What, code_word, edit_forms,
        form_text, paper_word, parse_form, side_word,
    },
    fault_lines,
    form::{self, Form, Forms, sample},
    print::draw,
    settings_refused, storage,
    trouble::{Action, Code, Trouble},
    view::{
        DotRect, FormCard, FormDoc, FormElement, FormFault, FormHead, FormList, FormLook,
        FormOpened, FormSave,
    },
};
use foreign::Logo;
use label::{
    font::Fonts,
    forms::waybill::extras::{self, Frame},
    preview, raster,
    units::{Head, Paper},
};
use std::{
    fs, io,
    path::Path,
    sync::{Arc, PoisonError},
};

/// More forms than papers and shops have nobody needs.
const FORMS_MAX: usize = 200;

mod doc;

use doc::{doc, shop_form};

impl Station {
    /// The forms in use.
    pub(crate) fn forms(&self) -> Arc<Forms> {
        Arc::clone(&self.forms.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// All forms there are, and what the editor offers.
    ///
    /// # Errors
    /// The disk; the database.
    pub fn form_list(&self) -> Result<FormList, Trouble> {
        let config = config::read(&self.home).unwrap_or_else(|_| self.config.clone());
        let mut names = Vec::new();
        for entry in entries(&self.home).map_err(|why| storage(&why))? {
            let file = entry.file_name().to_string_lossy().into_owned();
            if let Some(name) = file.strip_suffix(".toml")
                && config::is_file_name(name)
            {
                names.push(name.to_owned());
            }
        }
        // A form of the settings whose file is gone is shown too.
        names.extend(config.forms.iter().map(|used| used.file.clone()));
        names.sort();
        names.dedup();
        names.truncate(FORMS_MAX);
        let cards = names.into_iter().map(|name| {
            let used = config.forms.iter().find(|used| used.file == name);
            let (paper, faults) = self.judged(&name);
            FormCard {
                paper,
                faults,
                used: used.is_some(),
                shops: used.map(|used| used.shops.clone()).unwrap_or_default(),
                name,
            }
        });
        let forms = cards.collect();
        let shops = self.facets()?.shops;
        let fields = config::FIELDS.map(str::to_owned).to_vec();
        let paper = self.config.printers.first().map_or(Paper::WAYBILL, draw::paper);
        let heads = Paper::WAYBILLS.into_iter().flat_map(|paper| {
            let heads = form::heads(&self.config.printers, paper).into_iter();
            let word = paper_word(paper).to_owned();
            heads.map(move |head| FormHead { paper: word.clone(), dots_per_m: head.dots_per_m })
        });
        let paper = match paper_word(paper) {
            "" => paper_word(Paper::WAYBILL),
            word => word,
        };
        Ok(FormList { forms, shops, fields, paper: paper.to_owned(), heads: heads.collect() })
    }

    /// A form's paper and all that is wrong with it on the heads that would draw it.
    fn judged(&self, name: &str) -> (String, Vec<FormFault>) {
        let form = match Form::load(&self.home, name) {
            Ok(form) => form,
            Err(faults) => return (String::new(), told(&faults)),
        };
        let paper = paper_word(form.shop.paper).to_owned();
        (paper, told(&self.form_faults(&form)))
    }

    fn form_faults(&self, form: &Form) -> Vec<ConfigFault> {
        let heads = form::heads(&self.config.printers, form.shop.paper).into_iter();
        heads.map(|head| form.faults(head)).find(|faults| !faults.is_empty()).unwrap_or_default()
    }

    /// A form to edit; without a name, what a new one for this paper begins with.
    ///
    /// # Errors
    /// [`Code::FormUnusable`] with all faults of the file.
    pub fn form_doc(&self, name: Option<&str>, paper: &str) -> Result<FormDoc, Trouble> {
        let Some(name) = name else {
            let paper = Paper::WAYBILLS.into_iter().find(|it| paper_word(*it) == paper);
            return Ok(doc("", &sample::form(paper.unwrap_or(Paper::WAYBILL))));
        };
        let text = fs::read_to_string(form::path(&self.home, name)).map_err(|why| storage(&why))?;
        let shop = parse_form(&text).map_err(|faults| unusable(name, &faults))?;
        Ok(doc(name, &shop))
    }

    /// How a form stands on a head: where it may, and all that is wrong with it.
    ///
    /// # Errors
    /// [`Code::Internal`] for a paper that no form is for.
    pub fn form_look(&self, wanted: &FormDoc, dots_per_m: u32) -> Result<FormLook, Trouble> {
        let (shop, head) = (shop_form(wanted), Head { dots_per_m });
        let free = extras::free(head, shop.paper).map_err(|why| {
            Trouble::new(Code::Internal, Action::None, [("why", why.to_string())])
        })?;
        let faults = match self.read_form(&shop) {
            Ok(form) => form.faults(head),
            Err(faults) => faults,
        };
        Ok(FormLook {
            width: head.dots(shop.paper.width_um),
            height: head.dots(shop.paper.height_um),
            free: DotRect { x: free.x, y: free.y, width: free.width, height: free.height },
            faults: told(&faults),
        })
    }

    /// The label with a form on it, one pixel a dot, as a printer of that head would get it. What
    /// is wrong is left out.
    ///
    /// # Errors
    /// [`Code::LabelUndrawable`].
    pub fn form_png(&self, wanted: &FormDoc, dots_per_m: u32) -> Result<Vec<u8>, Trouble> {
        let (mut shop, head) = (shop_form(wanted), Head { dots_per_m });
        let form = loop {
            let faults = match self.read_form(&shop) {
                Ok(form) => match form.faults(head) {
                    faults if faults.is_empty() => break Some(form),
                    faults => faults,
                },
                Err(faults) => faults,
            };
            // Leaving one out never makes another wrong: each round takes at least one.
            let bad: Vec<u32> = told(&faults).iter().filter_map(|it| it.element).collect();
            let was = shop.elements.len();
            let mut nth = 0..;
            shop.elements.retain(|_| !nth.next().is_some_and(|nth| bad.contains(&nth)));
            if shop.elements.len() == was {
                break None;
            }
        };
        let (waybill, facts): (carrier::Waybill, _) = (sample::waybill(), sample::facts());
        let copy = draw::Copy {
            part: parts::FIRST,
            waybill: Some(&waybill),
            facts: &facts,
            form: form.as_ref(),
            nth: 1,
            at_ms: sample::MADE_AT_MS,
            practice: false,
        };
        let page = draw::page_for(copy, head, shop.paper).map_err(|fault| {
            let fields = [("field", fault.field.to_owned()), ("what", fault.what.to_string())];
            Trouble::new(Code::LabelUndrawable, Action::None, fields)
        })?;
        Ok(preview::png(&raster::paint(&page, Fonts::shipped())))
    }

    fn read_form(&self, shop: &ShopForm) -> Result<Form, Vec<ConfigFault>> {
        Form::read(&form_text(shop), &|file| form::picture(&self.home, file))
    }

    /// Keeps a form and says in the settings which shops use it; both are in effect at once. The
    /// settings as they were stay for one step back.
    ///
    /// # Errors
    /// [`Code::FormRefused`] with all faults; [`Code::SettingsRefused`]; the disk.
    pub fn save_form(&self, save: &FormSave) -> Result<FormList, Trouble> {
        let name = save.doc.name.trim();
        let path = form::path(&self.home, name);
        let is_other = save.was.as_deref() != Some(name);
        let wrong = if !config::is_file_name(name) {
            Some(config::ConfigWhy::BadFile)
        } else if is_other && path.exists() {
            Some(config::ConfigWhy::Duplicate)
        } else {
            None
        };
        if let Some(why) = wrong {
            let (line, key, what) = (1, "name".to_owned(), name.to_owned());
            return Err(refused(name, &[ConfigFault { line, key, why, what }]));
        }
        let shop = shop_form(&save.doc);
        let form = self.read_form(&shop).map_err(|faults| refused(name, &faults))?;
        let faults = self.form_faults(&form);
        if !faults.is_empty() {
            return Err(refused(name, &faults));
        }
        let gone = save.was.as_deref().filter(|_| is_other);
        let edit = match save.used {
            true => FormEdit::Use(name, &save.shops),
            false => FormEdit::Drop(name),
        };
        let edits: Vec<_> = gone.map(FormEdit::Drop).into_iter().chain([edit]).collect();
        let settings = self.settings_with(&edits)?;
        let write = || -> io::Result<()> {
            fs::create_dir_all(form::folder(&self.home))?;
            config::put_file(&path, form_text(&shop).as_bytes())?;
            self.put_settings(settings.as_deref())?;
            gone.map_or(Ok(()), |gone| taken_away(&form::path(&self.home, gone)))
        };
        write().map_err(|why| storage(&why))?;
        self.reload_forms()?;
        self.form_list()
    }

    /// Takes a form away, out of the settings too. Labels that were asked for with it keep it.
    ///
    /// # Errors
    /// [`Code::SettingsRefused`]; the disk.
    pub fn remove_form(&self, name: &str) -> Result<FormList, Trouble> {
        let settings = self.settings_with(&[FormEdit::Drop(name)])?;
        let remove = || {
            self.put_settings(settings.as_deref())?;
            taken_away(&form::path(&self.home, name))
        };
        remove().map_err(|why| storage(&why))?;
        self.reload_forms()?;
        self.form_list()
    }

    /// The settings with other forms in use; `None` if nothing changes.
    fn settings_with(&self, edits: &[FormEdit<'_>]) -> Result<Option<String>, Trouble> {
        let path = self.home.join(config::FILE_NAME);
        let was = fs::read_to_string(&path).map_err(|why| storage(&why))?;
        let mut text = was.clone();
        for edit in edits {
            text = edit_forms(&text, edit).map_err(|why| match why {
                NoEdit::Unreadable | NoEdit::NoSuch => {
                    let faults = config::parse(&was).err().unwrap_or_default();
                    settings_refused(&self.home, &faults)
                }
            })?;
        }
        config::parse(&text).map_err(|faults| settings_refused(&self.home, &faults))?;
        Ok((text != was).then_some(text))
    }

    fn put_settings(&self, text: Option<&str>) -> io::Result<()> {
        text.map_or(Ok(()), |text| config::replace(&self.home, text))
    }

    /// Reads the forms in use anew.
    fn reload_forms(&self) -> Result<(), Trouble> {
        let config =
            config::read(&self.home).map_err(|error| crate::config_trouble(&self.home, &error))?;
        let forms = Arc::new(Forms::load(&self.home, &config));
        *self.forms.write().unwrap_or_else(PoisonError::into_inner) = forms;
        self.touch();
        Ok(())
    }

    /// Takes a file in: a form is read and given back, not kept yet; a picture is put beside the
    /// forms.
    ///
    /// # Errors
    /// [`Code::FormRefused`] with all faults; the disk.
    pub fn open_form_file(&self, file: &str, bytes: &[u8]) -> Result<FormOpened, Trouble> {
        let file = file.rsplit(['/', '\\']).next().unwrap_or_default();
        let refuse = |why, what: &str| {
            let (line, key, what) = (1, String::new(), what.to_owned());
            refused(file, &[ConfigFault { line, key, why, what }])
        };
        if !config::is_file_name(file) {
            return Err(refuse(config::ConfigWhy::BadFile, file));
        }
        if let Some(stem) = file.strip_suffix(".toml") {
            let text = std::str::from_utf8(bytes).ok().filter(|_| {
                u64::try_from(bytes.len()).is_ok_and(|bytes| bytes <= form::FORM_BYTES_MAX)
            });
            let text = text.ok_or_else(|| refuse(config::ConfigWhy::Syntax, "UTF-8, 64 KB"))?;
            let shop = parse_form(text).map_err(|faults| refused(file, &faults))?;
            let name = free_name(stem, |name| form::path(&self.home, name).exists());
            return Ok(FormOpened::Form { doc: doc(&name, &shop) });
        }
        Logo::read(bytes)
            .map_err(|why| refuse(config::ConfigWhy::BadPicture, &format!("{file}: {why}")))?;
        let folder = form::folder(&self.home);
        let taken = |name: &str| fs::read(folder.join(name)).is_ok_and(|there| there != bytes);
        let (stem, ending) = file.rsplit_once('.').unwrap_or((file, "png"));
        let stem = free_name(stem, |stem| taken(&format!("{stem}.{ending}")));
        let name = format!("{stem}.{ending}");
        let write = || {
            fs::create_dir_all(&folder)?;
            config::put_file(&folder.join(&name), bytes)
        };
        write().map_err(|why| storage(&why))?;
        Ok(FormOpened::Picture { file: name })
    }
}

/// "a", or the first of "a-2", "a-3", … that is not taken.
fn free_name(name: &str, taken: impl Fn(&str) -> bool) -> String {
    let others = (2..).map(|nth| format!("{name}-{nth}"));
    let mut all = std::iter::once(name.to_owned()).chain(others);
    all.find(|name| !taken(name)).unwrap_or_default()
}

/// What is gone already need not be taken away.
fn taken_away(path: &Path) -> io::Result<()> {
    match fs::remove_file(path) {
        Err(e) if e.kind() != io::ErrorKind::NotFound => Err(e),
        Ok(()) | Err(_) => Ok(()),
    }
}

fn entries(home: &Path) -> io::Result<Vec<fs::DirEntry>> {
    match fs::read_dir(form::folder(home)) {
        Ok(all) => all.collect(),
        Err(e) if e.kind() == io::ErrorKind::NotFound => Ok(Vec::new()),
        Err(e) => Err(e),
    }
}

/// Faults with the elements they are of: `element[2].text` is of the second.
fn told(faults: &[ConfigFault]) -> Vec<FormFault> {
    let one = |fault: &ConfigFault| {
        let nth = fault.key.strip_prefix("element[").and_then(|rest| rest.split_once("]."));
        let element =
            nth.and_then(|(nth, _)| nth.parse::<u32>().ok()).and_then(|n| n.checked_sub(1));
        let key = nth.map_or(fault.key.as_str(), |(_, key)| key).to_owned();
        let (why, what) = (fault.why.word().to_owned(), fault.what.clone());
        FormFault { element, key, why, what }
    };
    faults.iter().map(one).collect()
}

fn refused(name: &str, faults: &[ConfigFault]) -> Trouble {
    let fields = [("form", name.to_owned()), ("faults", fault_lines(faults))];
    Trouble::new(Code::FormRefused, Action::None, fields)
}

/// A form in use that cannot be drawn.
pub(crate) fn unusable(name: &str, faults: &[ConfigFault]) -> Trouble {
    let fields = [("form", name.to_owned()), ("faults", fault_lines(faults))];
    Trouble::new(Code::FormUnusable, Action::None, fields)
}
