// Checks the roots of the given paths and reports what is found below the paths. --since checks the roots a second time
// as they were then; fixes are written in rounds until nothing changes; a baseline is taken off last.
#include <cascade/diagnostic.h>
#include <cascade/validate.h>

#include <algorithm>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "cli/call.h"
#include "cli/environment.h"
#include "cli/opened_library.h"
#include "cli/settings.h"
#include "cli/validated.h"
#include "client/names.h"
#include "client/tables.h"
#include "difference/difference.h"
#include "files/atomic_write.h"
#include "files/paths.h"
#include "files/tree.h"
#include "git/expected.h"
#include "git/git_program.h"
#include "git/words.h"
#include "listed/standing.h"
#include "render/overview.h"
#include "render/parts.h"
#include "text/names.h"
#include "text/word_set.h"
#include "validate/checkup/checkup.h"
#include "validate/report/findings.h"
#include "workspace/contents.h"

namespace cascade::cli {

namespace {

// Findings and the checkup's own paths, in one place because a renderer asks back for the texts. Paths outside of any
// repository stay as they are. The checkup must outlive it.
class RepositoryPaths {
 public:
  RepositoryPaths(const files::Tree& tree, const Checkup& checkup) : tree_(tree), checkup_(checkup) {}

  std::vector<Diagnostic> of(std::vector<Diagnostic> found) {
    for (Diagnostic& finding : found) {
      move(finding.at.path);
      for (Related& other : finding.related) move(other.at.path);
      if (finding.fix)
        for (Edit& edit : finding.fix->edits) move(edit.path);
    }
    return found;
  }
  Result<std::string> read(const std::string& path) const {  // by a path that of() gave
    const auto given = moved_.find(path);
    return checkup_.read(given == moved_.end() ? path : given->second);
  }

 private:
  void move(std::string& path) {
    const auto [known, is_new] = given_.emplace(path, path);
    if (is_new) {
      const auto file = checkup_.file_of(path);
      const auto real = file ? tree_.real_path(*file) : Result<std::string>(Error{});
      const std::string absolute = real ? *real : file.value_or(std::string());
      const std::string folder(files::is_absolute(absolute) ? files::parent(absolute) : std::string_view());
      const std::string top = repository::work_tree_root(folder, tree_);
      if (!top.empty()) known->second = files::relative_to(top, absolute);
      moved_.emplace(known->second, path);
    }
    path = known->second;
  }

  const files::Tree& tree_;
  const Checkup& checkup_;
  std::map<std::string, std::string> given_, moved_;  // by the path given, and by the one that became of it
};

// Agents by their name, which cascade.yaml may give as well; others with their kind, also without their plugin.
std::vector<std::string> names_of(const Registry& registry) {
  std::vector<std::string> names;
  for (std::uint32_t i = 0; i < registry.size(); ++i) {
    const ManifestView manifest = registry[ManifestId{i}];
    if (manifest.kind == Kind::agent) names.emplace_back(manifest.name);
    if (manifest.kind == Kind::agent || manifest.document) continue;
    const std::string kind = std::string(to_string(manifest.kind)) + ":";
    names.push_back(kind + std::string(manifest.name));
    names.push_back(kind + std::string(letters::last_part(manifest.name)));
  }
  return names;
}

// What the default sources hold besides the checked roots. `names`: of those that a project may call, wherever they
// are: in the shipped library, in plugins, in the user's folder. `broken`: manifests, none of them shipped, that cannot
// be read. `unsafe`: where it is asked for, the checked manifests that no conversation gets.
struct Beside {
  struct Unsafe {
    std::string file, why;
  };
  std::vector<std::string> names, broken;
  std::vector<Unsafe> unsafe;
};

// Asks as loading does, and only about what is judged by other rules there: what came from elsewhere, and everything
// where a cascade.yaml changes rules.
void add_unsafe(const Call& call, const Workspace& workspace, const ManifestView& manifest, Beside& beside) {
  const std::string& root = workspace.roots()[manifest.root].path;
  if (manifest.document || (workspace.rule_policy().rules.empty() &&
                            listing::clone_around(files::DiskTree(), root, call.environment().home).empty()))
    return;
  const auto vet = vetting_by(call.environment(), workspace);
  std::string why = vet ? vet(manifest) : std::string();
  if (why.empty()) return;
  beside.unsafe.push_back(
      {files::join(workspace.folder(manifest), std::string(files::file_name(manifest.path))), std::move(why)});
}

// Empty if none of the roots is a project. Opens the default sources once more, since a checked root is read alone;
// those that cannot be opened are skipped. `vets`: whether `unsafe` is asked.
Beside beside_projects(Call& call, const std::vector<std::string>& roots, bool vets = false) {
  const files::DiskTree tree;
  const auto is_project = [&](const std::string& root) {
    return tree.stat(files::join(root, client::own_folder::name)).has_value();
  };
  if (std::ranges::none_of(roots, is_project)) return {};
  WorkspaceOptions options = call.workspace_options();
  options.roots.clear();
  options.default_roots = true;
  options.log = {};
  const auto workspace = call.open(std::move(options));
  if (!workspace) return {};
  const Registry registry = workspace->registry();
  Beside beside{names_of(registry), {}, {}};
  const auto is_checked = [&](const ManifestView& manifest) {
    const std::string& from = workspace->roots()[manifest.root].path;
    return std::ranges::any_of(roots, [&](const std::string& root) { return files::is_within(root, from); });
  };
  for (std::uint32_t i = 0; i < registry.size(); ++i) {
    const ManifestView manifest = registry[ManifestId{i}];
    const std::vector<Diagnostic> problems = registry.problems(ManifestId{i});
    const bool is_shipped = manifest.scope == Scope::builtin && !WorkspaceContents::is_added(*workspace, manifest.root);
    const bool is_broken = letters::find_first(problems, &Diagnostic::severity, Severity::error) != nullptr;
    if (is_broken && !is_shipped && !is_checked(manifest)) beside.broken.push_back(to_string(symbol_of(manifest)));
    if (vets && is_checked(manifest)) add_unsafe(call, *workspace, manifest, beside);
  }
  return beside;
}

// Says how many of the checked manifests are not loaded although the run shows no error for it, and which command does.
// `given`: the paths as they were written.
void note_unsafe(Call& call, const std::vector<std::string>& given, const ValidatedPaths& paths, const Checkup& checkup,
                 const std::vector<Beside::Unsafe>& unsafe) {
  std::set<std::string> shown;
  for (const Diagnostic& finding : checkup.validation().found)
    if (finding.severity == Severity::error)
      shown.insert(finding.rule + " in " + checkup.file_of(finding.at.path).value_or(finding.at.path) + ":" +
                   std::to_string(finding.at.line) + ": " + finding.message);
  const auto hidden = static_cast<std::size_t>(std::ranges::count_if(unsafe, [&](const Beside::Unsafe& one) {
    return paths.contains(files::relative_to(paths.roots.front(), one.file)) && !shown.contains(one.why);
  }));
  if (hidden == 0) return;
  std::string command = "cascade validate --profile install";
  for (const std::string& path : given) command += " " + repository::shell_word(path);
  call.console().note(rendering::count_of(hidden, "manifest") + (hidden == 1 ? " is" : " are") +
                      " not loaded, because " + (hidden == 1 ? "its" : "their") +
                      " files are not safe; this shows why: " + command);
}

// What `validate`, `index` and `doctor` share: with the same options they find the same, and one cache of findings
// serves all. `profile`: empty for the one in each root's cascade.yaml. The call must outlive the options.
CheckupOptions checkup_options(Call& call, const std::string& profile, bool cached) {
  CheckupOptions made;
  made.workspace = call.workspace_options();
  made.profile = profile;
  const std::string& cache = call.environment().cache;
  if (!cache.empty() && cached) made.caches = std::make_shared<FindingsCaches>(files::join(cache, "validate"));
  made.open = [&call](WorkspaceOptions wanted) { return call.open(std::move(wanted)); };
  made.step = [&call](std::string_view name) { call.step(name); };
  return made;
}

struct ValidateOptions {
  std::vector<std::string> paths;
  std::string fail_on, profile, explain, fix, baseline, since;
  bool allow_empty = false, list_rules = false, all = false, statistics = false, diff = false, update_baseline = false,
       no_cache = false;

  // A stranger's own settings would silence what is looked for.
  bool is_of_others() const { return parse_profile(profile) == Profile::install; }
};

// A plugin may have no manifests.
bool holds_manifests(const files::Tree& tree, const std::string& folder) {
  const auto listing = tree.list(folder);
  return listing && std::ranges::any_of(*listing, [&](const files::Entry& entry) {
           return client::own_folder::holds_manifests(entry.name) ||
                  tree.stat(files::join(files::join(folder, entry.name), "SKILL.md")).has_value();
         });
}

// Where no manifest was checked, the folders below that hold some: the root may be the wrong one. Else those of
// packages in a repository of several: the client reads them when it works there.
void note_unchecked(Call& call, const ValidatedPaths& paths, const Checkup& checkup) {
  if (call.options().quiet) return;
  const Validation& all = checkup.validation();
  const bool nothing = all.checked.skills + all.checked.agents + all.checked.commands == 0;
  const files::DiskTree tree;
  for (const std::string& root : paths.roots) {
    std::vector<std::string> folders = unread_folders(tree, root, checkup.manifests(root));
    const std::string prefix = paths.roots.size() > 1 ? paths.shown(root) + "/" : "";
    const auto is_beside_the_point = [&](const std::string& folder) {
      const bool is_of_a_package =
          files::file_name(folder) == client::own_folder::name && folder != client::own_folder::name;
      return folder == "." || !holds_manifests(tree, files::join(root, folder)) || client::client_file(folder + "/x") ||
             std::ranges::any_of(all.found,
                                 [&](const Diagnostic& finding) {  // it was looked at, then
                                   return finding.at.path.starts_with(prefix + folder + "/");
                                 }) ||
             (!nothing && !is_of_a_package);
    };
    std::erase_if(folders, is_beside_the_point);
    if (!folders.empty())
      call.console().note("not checked, but they hold manifests: " + listed(folders) + "\n  help: name one of them");
  }
}

// What a code host reads has the host's paths.
Result<std::string> rendered(const Checkup& checkup, rendering::FindingsContext context, Format format,
                             rendering::Paint paint) {
  const std::vector<Diagnostic>& found = checkup.validation().found;
  if (format != Format::sarif && format != Format::github) return rendering::findings(found, context, format, paint);
  const files::DiskTree tree;
  RepositoryPaths paths(tree, checkup);
  context.read = [&paths](const std::string& path) { return paths.read(path); };
  return rendering::findings(paths.of(format == Format::sarif ? with_fixes(checkup) : found), context, format, paint);
}

struct NamedFile {
  std::string given, path;
  const std::string* root = nullptr;
};

std::vector<NamedFile> named_files(const std::vector<std::string>& given, const ValidatedPaths& paths) {
  const files::DiskTree tree;
  std::vector<NamedFile> named;
  for (const std::string& path : given) {
    const auto real = tree.real_path(path);
    const auto stamp = real ? tree.stat(*real) : Result<files::Stamp>(Error{});
    for (const std::string& root : paths.roots)
      if (stamp && !stamp->directory && files::is_within(root, *real))
        named.push_back({path, files::relative_to(root, *real), &root});
  }
  return named;
}

// The SKILL.md of the skill that a file belongs to; empty: it belongs to none.
std::string skill_around(const std::set<std::string, std::less<>>& manifests, std::string_view path) {
  for (std::string_view folder = files::parent(path);; folder = files::parent(folder)) {
    std::string skill = folder.empty() ? "SKILL.md" : files::join(std::string(folder), "SKILL.md");
    if (skill != path && manifests.contains(skill)) return skill;
    if (folder.empty()) return {};
  }
}

// Nothing that was named is judged by itself: says what it is, and what can be validated.
Exit tell_nothing_judged(Call& call, const std::vector<NamedFile>& named, const Checkup& checkup) {
  std::string lost;
  bool is_read = false;
  for (const NamedFile& file : named) {
    const std::set<std::string, std::less<>> manifests = checkup.manifests(*file.root);
    const bool is_ignored = manifests.contains(file.path) && checkup.validation().checked.documents == 0;
    const std::string skill = skill_around(manifests, file.path);
    const bool is_settings =
        letters::is_one_of(files::file_name(file.path), {"cascade.yaml", "cascade.triggers.yaml", "cascade.prompts"});
    is_read = is_read || is_settings || !skill.empty();
    if (!skill.empty())
      call.console().note(file.given + " belongs to the skill of " + skill + ", and nothing was found in it");
    else if (is_settings)
      call.console().note(file.given + " is read with its folder; what is wrong with it was said before");
    else if (!is_ignored)
      lost += file.given + " is no skill, agent or command, and nothing else that a client loads\n  ";
  }
  if (is_read && lost.empty()) return Exit::yes;
  call.console().complain(
      lost.empty()
          ? "nothing to validate was found\n  help: name a folder with skills/, agents/ or commands/, or allow "
            "it with --allow-empty"
          : lost +
                "help: name a SKILL.md, a file of agents/ or commands/, a plugin.json, settings, instructions "
                "such as CLAUDE.md, or a folder with some of these");
  return Exit::failed;
}

// Exit::no: a finding of at least `fail_on`; Exit::failed: nothing was there to check.
Exit report(Call& call, const ValidateOptions& options, const ValidatedPaths& paths, const Checkup& checkup,
            const std::vector<std::string>& elsewhere, Severity fail_on, Format format) {
  const Validation& all = checkup.validation();
  rendering::FindingsContext context = rendering::context_of(checkup);
  context.version = CASCADE_VERSION;
  context.elsewhere = elsewhere;
  if (options.all) context.extent = rendering::Extent::each;
  if (options.statistics) context.extent = rendering::Extent::counts;
  const auto text = rendered(checkup, std::move(context), format, call.console().paint());
  if (!text) return call.console().fail(text.error());
  const std::vector<NamedFile> named = named_files(options.paths, paths);
  // A README beside manifests is only counted among them.
  const bool is_judged = all.checked.components() > all.checked.documents || !all.found.empty();
  const bool is_nothing = !options.allow_empty && !is_judged;
  if (!is_nothing || named.empty() || format != Format::text) call.console().print(*text);
  call.step("render");
  note_unchecked(call, paths, checkup);
  if (is_nothing) return tell_nothing_judged(call, named, checkup);
  return checkup.reaches(fail_on) ? Exit::no : Exit::yes;
}

Exit refused(Call& call, std::string message, std::string help) {
  return call.console().fail({ErrorCode::misuse, std::move(message), {}, std::move(help)});
}

Exit print_rules(Call& call, const ValidateOptions& options) {
  if (!options.explain.empty()) {
    const RuleInfo* rule = find_rule(options.explain);
    if (rule == nullptr) return refused(call, "there is no rule '" + options.explain + "'", "see --list-rules");
    const auto format = call.format({Format::text});
    if (!format) return call.console().fail(format.error());
    call.console().print(rendering::rule_text(*rule));
    return Exit::yes;
  }
  const auto format = call.format({Format::text, Format::json, Format::markdown});
  if (!format) return call.console().fail(format.error());
  return call.console().show(rendering::rule_list(*format));
}

// The roots, and the folders below them that were named: ~/.claude has settings of its own.
std::vector<std::string> with_folders(std::vector<std::string> roots, const std::vector<std::string>& paths) {
  const files::DiskTree tree;
  for (const std::string& path : paths)
    if (auto real = tree.real_path(path)) {
      const auto stamp = tree.stat(*real);
      if (stamp && stamp->directory && std::ranges::find(roots, *real) == roots.end())
        roots.push_back(*std::move(real));
    }
  return roots;
}

Result<Checkup> checked_roots(CheckupOptions how, const ValidatedPaths& paths, const Checkup* like = nullptr) {
  Checkup checkup(std::move(how), like);
  for (const std::string& root : paths.roots) {
    const std::string prefix = paths.roots.size() > 1 ? paths.shown(root) + "/" : "";
    const auto added = checkup.add(root, prefix, [&](std::string_view path) { return paths.contains(path); });
    if (!added) return added.error();
  }
  return checkup;
}

// With --since, the roots are checked again with the changed files in their earlier versions. Findings that existed
// then do not count.
Result<Checkup> check_since(Call& call, const ValidateOptions& options, const ValidatedPaths& paths,
                            CheckupOptions how) {
  if (options.since.empty()) return checked_roots(std::move(how), paths);
  repository::GitProgram git(git_program());
  auto earlier = earlier_files(git, paths.roots, options.since);
  if (!earlier) return earlier.error();
  call.step("git");
  auto checkup = checked_roots(how, paths);
  if (!checkup) return checkup;
  how.workspace.instead = std::move(earlier->files);
  if (how.workspace.instead.empty()) {
    checkup->accept(*checkup, {});
    return checkup;
  }
  const auto before = checked_roots(std::move(how), paths, &*checkup);
  if (!before) return before.error();
  checkup->accept(*before, earlier->renamed);
  return checkup;
}

Result<Checkup> check(Call& call, const ValidateOptions& options, const ValidatedPaths& paths,
                      const std::vector<std::string>& known_names) {
  CheckupOptions how = checkup_options(call, options.profile, !options.no_cache && !options.is_of_others());
  if (options.is_of_others()) how.workspace = options_for_others(call);
  how.known_names = known_names;
  auto checkup = check_since(call, options, paths, how);
  if (checkup && how.caches) how.caches->save();
  return checkup;
}

Exit show_fixes(Call& call, const Checkup& checkup, bool unsafe) {
  std::string text;
  for (const MendedFile& file : mend(checkup, unsafe))
    text += rendering::unified_diff(file.path, file.before, file.after);
  call.console().print(text);
  const std::size_t found = checkup.validation().found.size();
  if (text.empty())
    call.console().note(
        found == 0 ? "no findings, so there is nothing to fix"
                   : rendering::count_of(found, "finding") + ", and nothing that a program can fix" +
                         (unsafe ? "" : " safely") + "\n  help: cascade validate says of each what to do" +
                         (unsafe ? "" : "; --fix=unsafe --diff shows those that change what the client reads"));
  return text.empty() ? Exit::yes : Exit::no;
}

// One fix may reveal another finding: repeats until nothing changes, at most `most_rounds` times.
Result<Checkup> write_fixes(Call& call, const ValidateOptions& options, const ValidatedPaths& paths, Checkup checkup,
                            const std::vector<std::string>& known_names, bool unsafe) {
  constexpr int most_rounds = 8;
  std::size_t edits = 0;
  std::set<std::string> files;
  for (int round = 0; round < most_rounds; ++round) {
    const std::vector<MendedFile> mended = mend(checkup, unsafe);
    if (mended.empty()) break;
    for (const MendedFile& file : mended) {
      if (const auto written = write_mended(checkup, file); !written) return written.error();
      edits += file.edits;
      files.insert(file.path);
    }
    auto again = check(call, options, paths, known_names);
    if (!again) return again;
    checkup = *std::move(again);
  }
  call.console().note("fixed " + std::to_string(edits) + (edits == 1 ? " place in " : " places in ") +
                      std::to_string(files.size()) + (files.size() == 1 ? " file" : " files"));
  return checkup;
}

constexpr std::string_view usual_baseline = "cascade-baseline.json";
constexpr std::uint64_t largest_baseline = 64u << 20;

Exit write_baseline(Call& call, const ValidateOptions& options, const Checkup& checkup) {
  const std::string path = options.baseline.empty() ? std::string(usual_baseline) : options.baseline;
  const Baseline baseline = Baseline::of(checkup.validation().found);
  if (const auto written = files::write_user_file(path, baseline.json(), 0644); !written)
    return call.console().fail(written.error());
  call.console().note(path + " knows " + rendering::count_of(baseline.findings(), "finding") +
                      " now\n  help: cascade validate --baseline " + path + " tells only what is new");
  return Exit::yes;
}

// A baseline that lies there and was not asked for changes nothing, which is said where it would.
void note_unused_baseline(Call& call, const Checkup& checkup) {
  const std::string path(usual_baseline);
  if (checkup.validation().found.empty() || !files::DiskTree().stat(path)) return;
  call.console().note(path + " is here and was not used\n  help: --baseline " + path + " tells only what is new");
}

Result<void> accept_baseline(Call& call, const std::string& path, Checkup& checkup) {
  const auto text = files::DiskTree().read(path, largest_baseline);
  if (!text) return text.error();
  const auto baseline = Baseline::parse(*text, path);
  if (!baseline) return baseline.error();
  if (const std::size_t stale = checkup.accept(*baseline); stale != 0)
    call.console().note(std::to_string(stale) + (stale == 1 ? " finding of " : " findings of ") + path +
                        (stale == 1 ? " is" : " are") + " gone\n  help: --update-baseline removes them from it");
  return {};
}

// What other verbs ask the validator: faults below some folders, and those of each root for `cascade doctor`.

using rendering::Check, rendering::CheckState;

// A root with what `cascade validate` finds below it, by the same rules and the same cascade.yaml, so that it can be
// looked at there. An error is bad where the user can mend it, and a note where others can.
Check root_check(Call& call, const Workspace& library, std::uint32_t index, const std::string& scope) {
  const Root& root = library.roots()[index];
  Check check{"root", CheckState::good, root.path + " (" + scope + ")", ""};
  CheckupOptions options = checkup_options(call, "", true);
  options.workspace.log = {};
  options.known_names = names_of(library.registry());
  options.open = [&call](WorkspaceOptions wanted) { return call.open_anyhow(std::move(wanted)); };
  Checkup checkup(options);
  const auto added = checkup.add(root.path, "");
  if (options.caches) options.caches->save();
  if (!added || !checkup.reaches(Severity::warning)) return check;
  std::size_t count = 0;
  std::set<std::string> files;
  const Diagnostic* worst = nullptr;  // the first of them
  for (const Diagnostic& finding : checkup.validation().found) {
    if (finding.severity < Severity::warning) continue;
    if (finding.rule == "SEC010" && WorkspaceContents::follows(library, index, finding.at.path)) continue;
    ++count;
    files.insert(finding.at.path);
    if (worst == nullptr || finding.severity > worst->severity) worst = &finding;
  }
  if (worst == nullptr) return check;
  check.detail += ", " + rendering::count_of(count, "finding") + " in " + rendering::count_of(files.size(), "file") +
                  "; first " + rendering::place_of(worst->at) + ": " + worst->message;
  const bool is_own = root.scope != Scope::builtin && root.scope != Scope::plugin;
  const bool is_shipped = root.scope == Scope::builtin && scope == to_string(Scope::builtin);
  if (worst->severity == Severity::error && !is_shipped) check.state = is_own ? CheckState::bad : CheckState::warning;
  check.help = "cascade validate '" + root.path + "'";
  return check;
}

}  // namespace

Exit run_validate(Call& call) {
  ValidateOptions options;
  Arguments arguments("validate");
  arguments.text("--profile", options.profile);
  arguments.text("--fail-on", options.fail_on);
  arguments.flag("--allow-empty", options.allow_empty);
  arguments.text("--explain", options.explain);
  arguments.flag("--list-rules", options.list_rules);
  arguments.flag("--all", options.all);
  arguments.optional_text("--fix", "safe", options.fix);
  arguments.flag("--diff", options.diff);
  arguments.flag("--no-cache", options.no_cache);
  arguments.text("--since", options.since);
  arguments.text("--baseline", options.baseline);
  arguments.flag("--update-baseline", options.update_baseline);
  arguments.flag("--statistics", options.statistics);
  arguments.words("PATH", options.paths, 0, 100'000);
  if (const auto ended = call.read(arguments)) return *ended;
  if (options.list_rules || !options.explain.empty()) return print_rules(call, options);
  const auto given = parse_severity(options.fail_on);
  if (!options.fail_on.empty() && (!given || *given == Severity::off))
    return refused(call, "unknown severity '" + options.fail_on + "'", "one of info, warning, error");
  if (!options.profile.empty() && !parse_profile(options.profile))
    return refused(call, "unknown profile '" + options.profile + "'",
                   "one of agent-skills, claude-code, cascade, install");
  if (!letters::is_one_of(options.fix, {"", "safe", "unsafe"}))
    return refused(call, "unknown kind of fix '" + options.fix + "'", "--fix, --fix=safe or --fix=unsafe");
  const bool annotate = call.environment().on_github && !call.options().format;
  const auto format = annotate ? Result<Format>(Format::github)
                               : call.format({Format::text, Format::json, Format::sarif, Format::github});
  if (!format) return call.console().fail(format.error());
  std::vector<std::string> given_paths = options.paths.empty() ? call.options().roots : options.paths;
  if (given_paths.empty()) given_paths = {"."};
  const auto paths = validated_paths(files::DiskTree(), given_paths);
  if (!paths) return call.console().fail(paths.error());
  if (!options.is_of_others())
    if (const auto ended = tell_faulty_settings(call, with_folders(paths->roots, given_paths))) return *ended;
  const bool is_plain = !options.is_of_others() && options.since.empty() && options.fix.empty();
  Beside beside = beside_projects(call, paths->roots, is_plain);
  if (!options.paths.empty() || !call.options().roots.empty()) beside.broken.clear();  // what was not asked for
  auto checkup = check(call, options, *paths, beside.names);
  if (!checkup) return call.console().fail(checkup.error());
  const bool unsafe = options.fix == "unsafe";
  if (options.diff) return show_fixes(call, *checkup, unsafe);
  if (!options.fix.empty()) {
    checkup = write_fixes(call, options, *paths, *std::move(checkup), beside.names, unsafe);
    if (!checkup) return call.console().fail(checkup.error());
  }
  if (options.update_baseline) return write_baseline(call, options, *checkup);
  if (!options.baseline.empty())
    if (const auto accepted = accept_baseline(call, options.baseline, *checkup); !accepted)
      return call.console().fail(accepted.error());
  const Exit ended =
      report(call, options, *paths, *checkup, beside.broken, given.value_or(checkup->fail_on()), *format);
  note_unsafe(call, given_paths, *paths, *checkup, beside.unsafe);
  if (is_plain && options.baseline.empty() && *format == Format::text) note_unused_baseline(call, *checkup);
  return ended;
}

Result<void> check_roots(Call& call, Workspace& library, bool /*repairs*/, std::vector<Check>& checks) {
  const rendering::Roots roots = Call::roots(library);
  for (std::uint32_t i = 0; i < roots.paths.size(); ++i)
    checks.push_back(
        root_check(call, library, i, roots.added[i] ? "added" : std::string(to_string(library.roots()[i].scope))));
  return {};
}

Result<FoundFaults> faults_below(Call& call, const Sought& sought) {
  CheckupOptions how = checkup_options(call, sought.profile, !sought.is_of_others);
  if (sought.is_of_others) how.workspace = options_for_others(call);
  if (sought.is_quiet) how.workspace.log = {};
  std::vector<std::string> folders;
  for (const SoughtRoot& root : sought.roots) folders.push_back(root.folder);
  if (sought.knows_others) how.known_names = beside_projects(call, folders).names;
  const auto checkup = std::make_shared<Checkup>(how);
  for (const SoughtRoot& root : sought.roots)
    if (const auto added = checkup->add(root.folder, root.prefix); !added) return added.error();
  if (how.caches && sought.knows_others) how.caches->save();
  FoundFaults found;
  found.findings = checkup->validation().found;
  if (!folders.empty()) found.manifests = checkup->manifests(folders.front());
  found.file_of = [checkup](const std::string& path) { return checkup->file_of(path); };
  found.text = [checkup](const std::vector<Diagnostic>& some, rendering::Paint paint) {
    rendering::FindingsContext context = rendering::context_of(*checkup);
    context.version = CASCADE_VERSION;
    return rendering::findings(some, context, Format::text, paint);
  };
  return found;
}

}  // namespace cascade::cli
