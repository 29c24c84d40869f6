// The table of checks: eight families of three. Weights say what a missing one costs an agent that works here.
#include "audit/checks.h"

#include <algorithm>
#include <iterator>

#include "audit/judges.h"

namespace cascade::audit {
namespace {

// Family, name, weight, scope, question; what levels 1, 2 and 3 take; the shortest way, its effort, a skill of the
// library; the function.
constexpr Check table[] = {
    {"context", "instructions", 7, Scope::repository, "Do instructions for agents say what is true here?",
     "a file of instructions with 25 words of its own that names something that is here",
     "every file and command that it names is here", "a command that it names was run and passed",
     "write AGENTS.md: how to set up, test and lint, where things are, what must not be done; name files and commands",
     2, "project-instructions-upkeep", judges::instructions},
    {"context", "commands", 6, Scope::repository, "Do documents name commands that work?",
     "a document names a command that runs the tests",
     "it also names one that sets up, builds or lints, and no command named is missing", "the tests ran and passed",
     "put the exact commands for set-up, tests and linter into README.md or AGENTS.md", 1,
     "project-instructions-upkeep", judges::commands},
    {"context", "manifests", 3, Scope::repository, "Do skills, agents and commands load?",
     "a skill, agent or command with 25 words of its own", "`cascade validate` finds no error in any",
     "CI validates them", "write a skill for the work that comes back every week; cascade validate says what is wrong",
     2, "skill-authoring", judges::manifests},

    {"tests", "suite", 10, Scope::package, "Do tests run and pass?", "a file of tests that checks something",
     "a command of the repository runs them", "they ran and passed; those below 20 seconds three times alike",
     "test what breaks most often first, and declare one command that runs all tests", 4, "harden-test-suite",
     judges::suite},
    {"tests", "reach", 5, Scope::package, "Do tests test this code?", "a test names a module of the package",
     "tests name at least half of the modules", "tests name four modules of five, and ran and passed",
     "write tests that pin what the largest untested module does today", 4, "characterization-testing", judges::reach},
    {"tests", "regressions", 4, Scope::repository, "Do mended faults get tests?",
     "one of the last 20 commits that mend a fault changes a test", "a third of them do", "half of them do",
     "write the test that fails before the fix, in the same commit", 2, "regression-test-first", judges::regressions},

    {"validation", "lint", 5, Scope::package, "Does a linter run?", "a linter is configured",
     "a command, a hook or CI runs it", "it ran and passed",
     "configure the linter of the ecosystem and declare a command `lint`", 2, "static-rule-authoring", judges::lint},
    {"validation", "types", 5, Scope::package, "Are types checked?", "a type checker is configured or runs",
     "a command, a hook or CI runs its strict form, or the compiler checks types", "it ran and passed",
     "switch the strict form on for new files first", 4, "typescript-strictness", judges::types},
    {"validation", "format", 3, Scope::package, "Is code formatted by a program?", "a formatter is configured",
     "a command, a hook or CI runs it", "it ran and passed",
     "configure a formatter, format once in a commit of its own, and check it in CI", 1, "", judges::format},

    {"integration", "tests", 8, Scope::repository, "Does CI run the tests on pull requests?", "CI runs the tests",
     "on pull requests, its failure counts, and every command is here",
     "16 of its last 20 runs passed, the newest one too",
     "one workflow on pull_request that sets up and runs the command for tests", 2, "rebuild-ci-pipeline",
     judges::tests_in_ci},
    {"integration", "checks", 4, Scope::repository, "Does CI lint, check types and formats?", "CI runs one of them",
     "two of them on pull requests, and their failure counts", "16 of its last 20 runs passed, the newest one too",
     "add linter, type checker and formatter to the workflow that runs the tests", 1, "rebuild-ci-pipeline",
     judges::checks_in_ci},
    {"integration", "actions", 2, Scope::repository, "Is CI safe from others' changes?", "every action names a version",
     "foreign actions are pinned to commits, and permissions are limited", "a bot brings them up to date",
     "pin actions to commits and write `permissions: contents: read`", 1, "workflow-hardening", judges::pinned_actions},

    {"release", "versions", 3, Scope::repository, "Do versions agree?",
     "a tag, or a change log whose newest version says something", "two of tag, change log and manifest agree",
     "tags, one of them older, agree with the change log",
     "write what changed under the version that the manifest says, and tag it", 1, "changelog-writing",
     judges::versions},
    {"release", "publishing", 3, Scope::repository, "Is a release one command?", "a command or workflow releases",
     "every command in it is here, and it runs on tags or by hand", "a version was tagged since it is there",
     "put the steps of a release into a workflow that a tag starts", 2, "release-train", judges::publishing},
    {"release", "rollback", 4, Scope::repository, "Is there a way back?", "a section or command says how to go back",
     "it names a command that is here", "a workflow runs it by hand",
     "write down the command that goes back to the version before, and when to use it", 2, "rollback-planning",
     judges::rollback},

    {"environment", "locks", 5, Scope::package, "Are dependencies locked?",
     "a lock file has one of the direct dependencies", "it has all of them",
     "set-up of the package passed, or CI installs exactly what is locked, in its folder or above it",
     "commit the lock file, and let CI install from it", 1, "hermetic-builds", judges::locks},
    {"environment", "setup", 4, Scope::repository, "Is set-up one command?", "a command sets the repository up",
     "a document names it, and what it starts is here", "it ran and passed",
     "write scripts/setup, safe to run twice, and name it in README.md", 2, "local-dev-stack", judges::setup},
    {"environment", "versions", 2, Scope::package, "Is it clear which tools are meant?", "a file says which version",
     "CI or another file agrees", "CI reads the version from the file",
     "put the version into the file that the ecosystem has for it, and let CI read it from there", 1, "hermetic-builds",
     judges::tool_versions},

    {"safety", "secrets", 5, Scope::repository, "Are secrets kept out?", "a scanner runs, or .gitignore keeps .env out",
     ".gitignore keeps it out, and no file holds a known form of secret", "and a scanner runs in CI or before commits",
     "put .env into .gitignore and let a scanner run before commits", 1, "secret-leak-response", judges::secrets},
    {"safety", "guards", 3, Scope::repository, "Is a wrong step stopped before it is made?",
     "a hook of git or of the client, or a setting that denies, that can work", "all of them can run",
     "CI runs the same hooks",
     "let hooks run linter and tests before a commit, and deny the commands that must never run", 2, "hook-authoring",
     judges::guards},
    {"safety", "updates", 2, Scope::repository, "Do known faults of dependencies come to light?",
     "a bot or a scan of dependencies is set up", "it names ecosystems and folders that are here", "a commit of a bot",
     "write .github/dependabot.yml with the ecosystems of this repository", 1, "dependency-update-automation",
     judges::updates},

    {"assimilation", "owners", 2, Scope::repository, "Is it known who knows what?",
     "a file of owners with a rule that fits a file", "all its rules fit files",
     "people who were active in the last 90 days wrote half of the lines",
     "write CODEOWNERS with the people who would be asked anyway", 1, "", judges::owners},
    {"assimilation", "reviews", 3, Scope::repository, "Does somebody else look at changes?",
     "a document asks for it, or a commit shows it",
     "a document asks for it and a commit shows it, or a quarter of the newest 200 do",
     "half of the newest 200 commits show it",
     "require an approval for the main branch, and merge with the reviewer's name", 1, "risk-ranked-review",
     judges::reviews},
    {"assimilation", "explanations", 2, Scope::repository, "Is generated code explained?",
     "an explanation with four parts", "a commit came with one, and none leaves parts empty or is waived",
     "half of the newest 200 commits did",
     "let authors explain what it does, how it fails, why not otherwise and what was verified", 2,
     "generated-code-review", judges::explanations},
};

}  // namespace

std::span<const Check> checks() noexcept { return table; }

std::string id_of(const Check& check) { return std::string(check.family) + "/" + std::string(check.name); }

const Check* find_check(std::string_view id) {
  const auto found =
      std::find_if(std::begin(table), std::end(table), [&](const Check& check) { return id_of(check) == id; });
  return found == std::end(table) ? nullptr : &*found;
}

}  // namespace cascade::audit
