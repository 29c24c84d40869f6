// Two lists hold git's own subcommands: those that change at most the object store, and those that write, at least with
// some options. For the latter only_reads() looks at the options and operands of the call. What it does not recognise
// as reading counts as writing: a question too many costs a moment, a write that was overlooked may cost a branch. A
// verb in neither list is unknown, because an alias or a program called git-VERB may do anything.
#include "repository/verbs.h"

#include <algorithm>
#include <array>

namespace cascade::repository {
namespace {

// Verbs that change at most the object store; deed() looks at the words of three of them. A verb in neither list is
// unknown: an alias, or a program called git-<verb>.
constexpr std::array<std::string_view, 76> reading = {"annotate",
                                                      "archive",
                                                      "blame",
                                                      "bugreport",
                                                      "bundle",
                                                      "cat-file",
                                                      "check-attr",
                                                      "check-ignore",
                                                      "check-mailmap",
                                                      "check-ref-format",
                                                      "cherry",
                                                      "column",
                                                      "commit-graph",
                                                      "commit-tree",
                                                      "count-objects",
                                                      "credential",
                                                      "describe",
                                                      "diagnose",
                                                      "diff",
                                                      "diff-files",
                                                      "diff-index",
                                                      "diff-tree",
                                                      "difftool",
                                                      "fast-export",
                                                      "fmt-merge-msg",
                                                      "for-each-ref",
                                                      "format-patch",
                                                      "fsck",
                                                      "gc",
                                                      "get-tar-commit-id",
                                                      "grep",
                                                      "hash-object",
                                                      "help",
                                                      "index-pack",
                                                      "instaweb",
                                                      "interpret-trailers",
                                                      "log",
                                                      "ls-files",
                                                      "ls-remote",
                                                      "ls-tree",
                                                      "mailinfo",
                                                      "mailsplit",
                                                      "maintenance",
                                                      "merge-base",
                                                      "merge-file",
                                                      "merge-tree",
                                                      "mktag",
                                                      "mktree",
                                                      "multi-pack-index",
                                                      "name-rev",
                                                      "pack-objects",
                                                      "pack-redundant",
                                                      "pack-refs",
                                                      "patch-id",
                                                      "range-diff",
                                                      "repack",
                                                      "request-pull",
                                                      "rev-list",
                                                      "rev-parse",
                                                      "send-email",
                                                      "shortlog",
                                                      "show",
                                                      "show-branch",
                                                      "show-index",
                                                      "show-ref",
                                                      "status",
                                                      "stripspace",
                                                      "unpack-file",
                                                      "upload-archive",
                                                      "upload-pack",
                                                      "var",
                                                      "verify-commit",
                                                      "verify-pack",
                                                      "verify-tag",
                                                      "version",
                                                      "whatchanged"};

// Verbs that write, at least with some options; only_reads() knows the others.
constexpr std::array<std::string_view, 50> writing = {"add",
                                                      "am",
                                                      "apply",
                                                      "bisect",
                                                      "branch",
                                                      "checkout",
                                                      "checkout-index",
                                                      "cherry-pick",
                                                      "clean",
                                                      "clone",
                                                      "commit",
                                                      "config",
                                                      "fast-import",
                                                      "fetch",
                                                      "fetch-pack",
                                                      "filter-branch",
                                                      "init",
                                                      "init-db",
                                                      "lfs",
                                                      "merge",
                                                      "mergetool",
                                                      "mv",
                                                      "notes",
                                                      "prune",
                                                      "pull",
                                                      "push",
                                                      "read-tree",
                                                      "rebase",
                                                      "receive-pack",
                                                      "reflog",
                                                      "remote",
                                                      "replace",
                                                      "rerere",
                                                      "reset",
                                                      "restore",
                                                      "revert",
                                                      "rm",
                                                      "send-pack",
                                                      "sparse-checkout",
                                                      "stage",
                                                      "stash",
                                                      "submodule",
                                                      "subtree",
                                                      "switch",
                                                      "symbolic-ref",
                                                      "tag",
                                                      "update-index",
                                                      "update-ref",
                                                      "update-server-info",
                                                      "worktree"};

// The options of verbs whose value may be a separate word: letters, names.
struct Valued {
  std::string_view verb, letters, names;
};

constexpr std::array<Valued, 19> valued = {
    {{"add", "", "--chmod --pathspec-from-file"},
     {"branch", "u", "--set-upstream-to --contains --no-contains --points-at --sort --format"},
     {"checkout", "bB", "--orphan --conflict --pathspec-from-file"},
     {"clone", "obcju",
      "--origin --branch --config --depth --template --reference --upload-pack --jobs --shallow-since "
      "--separate-git-dir --filter --server-option --bundle-uri"},
     {"commit", "mFCct",
      "--message --file --reuse-message --reedit-message --author --date --template --fixup --squash "
      "--cleanup --trailer --pathspec-from-file"},
     {"config", "f", "--file --blob --type --default --comment --value"},
     {"fetch", "jo",
      "--depth --deepen --shallow-since --shallow-exclude --jobs --refmap --server-option --upload-pack"},
     {"init", "b", "--initial-branch --template --separate-git-dir --object-format"},
     {"merge", "msXF", "--strategy --strategy-option --file --into-name --cleanup"},
     {"pull", "sXjo", "--strategy --strategy-option --depth --upload-pack --jobs"},
     {"push", "o", "--push-option --receive-pack --exec --repo"},
     {"rebase", "xsXC", "--onto --exec --strategy --strategy-option --whitespace"},
     {"reset", "", "--pathspec-from-file"},
     {"revert", "msX", "--mainline --strategy --strategy-option"},
     {"switch", "cC", "--create --force-create --orphan --conflict"},
     {"tag", "mFu",
      "--message --file --local-user --sort --format --points-at --contains --no-contains --merged "
      "--no-merged --cleanup"},
     {"submodule", "b", "--name --branch --reference --depth --jobs --filter"},
     {"update-ref", "m", ""},
     {"worktree", "bB", "--reason"}}};

// Words that are not known (`uncertain`) may be operands, so without a listing option they count as writing.
bool lists_branches(const Words& words) {
  if (words.has({"-d", "-D", "-m", "-M", "-c", "-C", "-f", "-u", "--delete", "--move", "--copy", "--force",
                 "--set-upstream-to", "--unset-upstream", "--edit-description"}))
    return false;
  if (words.operands.empty() && !words.uncertain) return true;
  return words.has({"-l", "--list", "-a", "--all", "-r", "--remotes", "-v", "--verbose", "--contains", "--no-contains",
                    "--merged", "--no-merged", "--points-at", "--show-current"});
}

bool lists_tags(const Words& words) {
  if (words.has({"-d", "--delete", "-a", "-s", "-f", "-m", "-F", "-u"})) return false;
  if (words.operands.empty() && !words.uncertain) return true;
  return words.has({"-l", "--list", "-n", "-v", "--verify", "--contains", "--no-contains", "--merged", "--no-merged",
                    "--points-at"});
}

bool reads_config(const Words& words) {
  if (words.has(
          {"--unset", "--unset-all", "--add", "--replace-all", "--rename-section", "--remove-section", "-e", "--edit"}))
    return false;
  if (words.has(
          {"--get", "--get-all", "--get-regexp", "--get-urlmatch", "--get-color", "--get-colorbool", "-l", "--list"}))
    return true;
  const std::string first = words.operand(0);
  if (first == "get" || first == "list") return true;
  return words.operands.size() < 2 && !words.uncertain && first != "edit";
}

bool is_first(const Words& words, std::initializer_list<std::string_view> names) {
  const std::string first = words.operand(0);
  return std::find(names.begin(), names.end(), first) != names.end();
}

// For verbs that can read or write: whether these words only read.
bool only_reads(const GitWords& git, const Words& words) {
  const std::string_view verb = git.verb;
  if (words.has({"--help"}) || (words.has({"-h"}) && words.options.size() == 1)) return true;
  if (verb == "branch") return lists_branches(words);
  if (verb == "tag") return lists_tags(words);
  if (verb == "config") return reads_config(words);
  if (verb == "stash") return is_first(words, {"list", "show", "create"});
  if (verb == "remote") return words.operands.empty() || is_first(words, {"show", "get-url", "update", "prune", "-v"});
  if (verb == "worktree") return words.operands.empty() || is_first(words, {"list"});
  if (verb == "submodule") return words.operands.empty() || is_first(words, {"status", "summary", "foreach"});
  if (verb == "notes") return words.operands.empty() || is_first(words, {"list", "show", "get-ref"});
  if (verb == "reflog") return !is_first(words, {"expire", "delete", "drop"});
  if (verb == "bisect") return words.operands.empty() || is_first(words, {"log", "view", "visualize", "terms", "help"});
  if (verb == "sparse-checkout") return is_first(words, {"list", "check-rules"});
  if (verb == "rerere") return is_first(words, {"status", "diff", "remaining"});
  if (verb == "lfs")
    return is_first(words,
                    {"ls-files", "status", "env", "version", "logs", "fetch", "locks", "pointer", "fsck", "prune"});
  if (verb == "symbolic-ref") return !words.has({"-d", "--delete"}) && words.operands.size() < 2 && !words.uncertain;
  if (verb == "replace") return words.has({"-l", "--list"}) || words.operands.empty();
  if (verb == "apply") return words.has({"--stat", "--numstat", "--summary", "--check"}) && !words.has({"--apply"});
  if (verb == "clean" || verb == "add" || verb == "rm" || verb == "mv" || verb == "stage" || verb == "prune")
    return words.has({"-n", "--dry-run"});
  if (verb == "push" || verb == "send-pack") return words.has({"-n", "--dry-run"});
  if (verb == "commit") return words.has({"--dry-run"});
  if (verb == "fetch-pack" || verb == "update-server-info") return true;
  if (verb == "read-tree") return words.has({"-n", "--dry-run"});
  if (verb == "subtree") return is_first(words, {"split"}) && !words.has({"-b", "--branch", "--rejoin"});
  return false;
}

}  // namespace

Words words_of(const GitWords& git) {
  std::string_view letters, names;
  for (const Valued& one : valued)
    if (one.verb == git.verb) {
      letters = one.letters;
      names = one.names;
    }
  return split(git.words, git.first, letters, names);
}

Deed deed(const GitWords& git) {
  if (std::find(reading.begin(), reading.end(), git.verb) != reading.end()) {
    const bool may_write = git.verb == "bundle" || git.verb == "gc" || git.verb == "maintenance";
    if (!may_write) return Deed::reads;
    const Words words = words_of(git);
    if (git.verb == "gc") return words.has({"--prune"}) ? Deed::writes : Deed::reads;
    return is_first(words, {"unbundle"}) ? Deed::writes : Deed::reads;
  }
  if (git.verb.empty()) return git.verb_known ? Deed::reads : Deed::unknown;
  if (std::find(writing.begin(), writing.end(), git.verb) == writing.end()) return Deed::unknown;
  return only_reads(git, words_of(git)) ? Deed::reads : Deed::writes;
}

}  // namespace cascade::repository
