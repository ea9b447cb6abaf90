//! Scenes for the stories.
