//! Every screen in both languages, light and dark, at three sizes, as it was looked at and
//! approved: `looks/SIZE/SCENE-LANG-THEME.png`, made small. `BLESS=1` approves what is there now;
//! look at it first: words that are cut off or covered are told in any case. What differs is
//! written to `target/looks`: approved, now, and where.

use bench::{Look, Picture, Result, Stage, build_scenes, engine};
use std::{
    collections::{BTreeSet, VecDeque},
    env, fmt, fs,
    path::{Path, PathBuf},
};
use tokio::sync::{Mutex, OnceCell};

/// Width and height of the page, and the side of the squares that are one dot of what is kept.
const SIZES: [(u32, u32, usize); 3] = [(1366, 768, 4), (1920, 1080, 5), (2560, 1440, 6)];
/// Browsers at work: as many as a small machine has processors.
const STAGES: usize = 2;
const LANGS: [&str; 2] = ["zh", "en"];
/// Of a picture of the guide.
const GUIDE_COLOURS: usize = 64;
/// All of them are part of the program.
const GUIDE_BYTES_MAX: u64 = 1_500_000;
/// Of the words, in percent; the largest is looked at where there is least room.
const SCALES: [u32; 2] = [100, 150];

static SCENES: OnceCell<PathBuf> = OnceCell::const_new();

async fn scenes() -> Result<&'static Path> {
    Ok(SCENES.get_or_try_init(build_scenes).await?.as_path())
}

fn kept() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("looks")
}

/// One scene at one size.
#[derive(Clone, Debug)]
struct Task {
    scene: String,
    size: usize,
    look: Look,
}

impl fmt::Display for Task {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Look { lang, scale_percent } = self.look;
        write!(out, "{} {lang} {} {scale_percent} %", self.scene, SIZES[self.size].0)
    }
}

impl Task {
    fn file(&self, theme: &str) -> PathBuf {
        let (width, ..) = SIZES[self.size];
        let Look { lang, scale_percent } = self.look;
        let size = match scale_percent {
            100 => width.to_string(),
            more => format!("{width}-{more}"),
        };
        PathBuf::from(size).join(format!("{}-{lang}-{theme}.png", self.scene))
    }
}

/// Who drew what was approved. Another version draws edges and breaks lines a little otherwise:
/// what it draws is compared and told, but only words that are cut off or covered end the test.
const DRAWN_BY: &str = "drawn-by.txt";

/// Whether what was approved is of this engine; approving, it is from now on.
async fn is_of_this_engine(blessing: bool) -> Result<bool> {
    let (path, now) = (kept().join(DRAWN_BY), engine().await?);
    if blessing {
        fs::write(&path, format!("{now}\n"))?;
    }
    let then = fs::read_to_string(&path)?;
    if then.trim() != now {
        eprintln!(
            "approved with WebKitGTK {}, drawn by {now}: look, and approve with BLESS=1",
            then.trim()
        );
    }
    Ok(then.trim() == now)
}

/// What is looked at, in an order that changes the size seldom. Questions lie in the middle of the
/// screen whatever its size, so they are looked at on the smallest.
fn tasks(names: &[String]) -> VecDeque<Task> {
    let mut all = VecDeque::new();
    for size in (0..SIZES.len()).rev() {
        for scale_percent in SCALES.into_iter().filter(|scale| *scale == 100 || size == 0) {
            for scene in names.iter().filter(|name| size == 0 || !name.starts_with("ask-")) {
                for lang in LANGS {
                    let look = Look { lang, scale_percent };
                    all.push_back(Task { scene: scene.clone(), size, look });
                }
            }
        }
    }
    all
}

/// Compares with what was approved, or approves.
struct Judge {
    blessing: bool,
    seen: BTreeSet<PathBuf>,
    wrong: Vec<String>,
    /// Words that are cut off or covered.
    cut: Vec<String>,
    /// Where pictures of what differs go.
    shown: PathBuf,
}

impl Judge {
    fn judge(&mut self, file: PathBuf, picture: &Picture, by: usize) -> Result<()> {
        let small = picture.smaller(by);
        let path = kept().join(&file);
        let approved = fs::read(&path).ok().map(|png| Picture::read(&png)).transpose()?;
        let differs = approved.as_ref().map(|it| small.differs(it));
        if differs.as_ref().is_none_or(|squares| !squares.is_empty()) {
            if self.blessing {
                small.coarse().write(&path)?;
            } else {
                let name = file.to_string_lossy().replace(['/', '\\'], "-");
                picture.write(&self.shown.join(format!("now-{name}")))?;
                if let Some(approved) = &approved {
                    small.beside(approved).write(&self.shown.join(format!("differs-{name}")))?;
                }
                let squares = differs.map_or("was never approved".to_owned(), |squares| {
                    format!("differs at {:?}", &squares[..squares.len().min(3)])
                });
                self.wrong.push(format!("{} {squares}", file.display()));
            }
        }
        self.seen.insert(file);
        Ok(())
    }

    /// Approved pictures of scenes that are no more.
    fn left_over(&self) -> Result<Vec<PathBuf>> {
        let mut left = Vec::new();
        for folder in fs::read_dir(kept())?.flatten().filter(|it| it.path().is_dir()) {
            for one in fs::read_dir(folder.path())?.flatten() {
                let file = Path::new(&folder.file_name()).join(one.file_name());
                if !self.seen.contains(&file) {
                    left.push(file);
                }
            }
        }
        Ok(left)
    }
}

async fn look(stage: &Stage, tasks: &Mutex<VecDeque<Task>>, judge: &Mutex<Judge>) -> Result<()> {
    let mut size = usize::MAX;
    while let Some(task) = { tasks.lock().await.pop_front() } {
        let (width, height, by) = SIZES[task.size];
        if size != task.size {
            stage.fit(width, height).await?;
            size = task.size;
        }
        stage.show(&task.scene, &task.look).await?;
        let cut = stage.cut().await?;
        let picture = stage.picture().await?;
        judge.lock().await.cut.extend(cut.iter().map(|what| format!("{task}: {what}")));
        judge.lock().await.judge(task.file("light"), &picture, by)?;
        if task.look.scale_percent == 100 {
            stage.shade("dark").await?;
            let picture = stage.picture().await?;
            judge.lock().await.judge(task.file("dark"), &picture, by)?;
        }
    }
    Ok(())
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_screen_is_as_it_was_approved() -> Result<()> {
    let scenes = scenes().await?;
    let shown = scenes.with_file_name("looks");
    drop(fs::remove_dir_all(&shown));
    let blessing = env::var_os("BLESS").is_some();
    let judge =
        Judge { blessing, seen: BTreeSet::new(), wrong: Vec::new(), cut: Vec::new(), shown };
    let (first, second) = (Stage::open(scenes).await?, Stage::open(scenes).await?);
    let stages: [Stage; STAGES] = [first, second];
    let all = Mutex::new(tasks(&stages[0].names().await?));
    let judge = Mutex::new(judge);
    let (one, other) = tokio::join!(look(&stages[0], &all, &judge), look(&stages[1], &all, &judge));
    one.and(other)?;
    for stage in stages {
        stage.close().await?;
    }
    let judge = judge.into_inner();
    let left = judge.left_over()?;
    if blessing {
        for file in &left {
            fs::remove_file(kept().join(file))?;
        }
    }
    assert_eq!(judge.cut, Vec::<String>::new(), "cut off or covered");
    if is_of_this_engine(blessing).await? {
        assert_eq!(judge.wrong, Vec::<String>::new(), "pictures in {}", judge.shown.display());
    }
    assert!(blessing || left.is_empty(), "no scene has these: {left:?}");
    Ok(())
}

/// A picture of the guide: of which page, of which scene, and which part of it at the first size.
#[derive(serde::Deserialize)]
struct Taken {
    page: String,
    scene: String,
    part: (usize, usize, usize, usize),
}

/// What the guide shows is what the window is. Its pictures are part of the program.
#[tokio::test]
async fn the_guide_shows_the_window_as_it_is() -> Result<()> {
    let stage = Stage::open(scenes().await?).await?;
    let (width, height, by) = SIZES[0];
    stage.fit(width, height).await?;
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../ui/src/assets/guide");
    let (mut stale, mut names) = (Vec::new(), BTreeSet::new());
    let taken_now = tempfile::tempdir()?;
    for taken in stage.guide::<Taken>().await? {
        for lang in LANGS {
            stage.show(&taken.scene, &Look { lang, scale_percent: 100 }).await?;
            let (x, y, width, height) = taken.part;
            let picture = stage.picture().await?.part(x, y, width, height);
            let name = format!("{}-{lang}.png", taken.page);
            let path = folder.join(&name);
            let kept = fs::read(&path).ok().map(|png| Picture::read(&png)).transpose()?;
            // In as few colours as what is kept: shades of an edge may have gone to another one.
            let now = taken_now.path().join(&name);
            picture.write_in(GUIDE_COLOURS, &now)?;
            let few = Picture::read(&fs::read(&now)?)?;
            let differs = |kept: Picture| few.smaller(by).differs(&kept.smaller(by));
            if kept.is_none_or(|kept| !differs(kept).is_empty()) {
                if env::var_os("BLESS").is_some() {
                    fs::copy(&now, &path)?;
                } else {
                    stale.push(name.clone());
                }
            }
            names.insert(name);
        }
    }
    stage.close().await?;
    if is_of_this_engine(false).await? {
        assert_eq!(stale, Vec::<String>::new(), "take them anew with BLESS=1 and look at them");
    }
    let mut bytes = 0;
    for one in fs::read_dir(&folder)?.flatten() {
        bytes += one.metadata()?.len();
        let name = one.file_name().to_string_lossy().into_owned();
        assert!(names.contains(&name), "no page shows {name}");
    }
    assert!(bytes <= GUIDE_BYTES_MAX, "the guide's pictures weigh {bytes} bytes");
    Ok(())
}

/// Without this nobody knows that the pictures above would tell.
#[tokio::test]
async fn a_button_that_moved_is_seen() -> Result<()> {
    let stage = Stage::open(scenes().await?).await?;
    let (width, height, by) = SIZES[SIZES.len() - 1];
    stage.fit(width, height).await?;
    let look = Look { lang: "zh", scale_percent: 100 };
    stage.show("ship", &look).await?;
    let approved = stage.picture().await?.smaller(by).coarse();
    stage.show("ship", &look).await?;
    assert_eq!(stage.picture().await?.smaller(by).differs(&approved), []);
    stage.style("[aria-keyshortcuts='F8'] { transform: translateX(3px); }").await?;
    stage.show("ship", &look).await?;
    let squares = stage.picture().await?.smaller(by).differs(&approved);
    assert!(!squares.is_empty(), "a button is three pixels further right, and nobody sees it");
    let of_the_foot = |(_, top, _): &(usize, usize, usize)| *top * by > 1200;
    assert!(squares.iter().all(of_the_foot), "nothing else moved: {squares:?}");
    assert_eq!(stage.cut().await?, Vec::<String>::new());
    stage.style("[aria-keyshortcuts='F8'] { transform: translateX(-160px) !important; }").await?;
    assert!(!stage.cut().await?.is_empty(), "it lies over its neighbour, and nobody says so");
    stage.close().await
}
