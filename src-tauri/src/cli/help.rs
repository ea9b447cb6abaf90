//! The help of every subcommand and argument, in the language of the user.

use super::words::Words;
use clap::Command;

/// Puts the sentences `cli.help…` in: `cli.help` for the program, `cli.help.ship` for a
/// subcommand, `cli.help.ship.carrier` for its argument, `cli.help.-.home` for one of all.
pub fn localised(command: Command, words: &Words) -> Command {
    put(command.about(words.say("cli.help", &[])), "cli.help", words)
}

fn put(command: Command, path: &str, words: &Words) -> Command {
    let key = |name: &str| match name {
        "home" | "json" | "lang" => format!("cli.help.-.{name}"),
        _ => format!("{path}.{name}"),
    };
    let names: Vec<String> = command.get_subcommands().map(|it| it.get_name().into()).collect();
    let command = command.mut_args(|arg| {
        let sentence = words.say(&key(arg.get_id().as_str()), &[]);
        arg.help(sentence)
    });
    names.into_iter().fold(command, |command, name| {
        command.mut_subcommand(&name, |sub| {
            let path = format!("{path}.{name}");
            put(sub.about(words.say(&path, &[])), &path, words)
        })
    })
}

#[cfg(test)]
mod tests {
    use super::super::{Args, words::Lang};
    use super::*;
    use clap::CommandFactory;

    #[test]
    fn every_subcommand_and_argument_is_explained_in_both_languages() {
        for lang in [Lang::Zh, Lang::En] {
            let mut command = localised(Args::command(), &Words::new(lang));
            command.build();
            let mut left = vec![&command];
            while let Some(command) = left.pop() {
                let help = command.clone().render_long_help().to_string();
                assert!(!help.contains("cli.help"), "{lang:?}: {help}");
                left.extend(command.get_subcommands());
            }
        }
    }

    #[test]
    fn the_arguments_are_consistent() {
        Args::command().debug_assert();
    }
}
