// Validates a tree in three steps: (1) each file is judged by itself, on several threads, or its earlier result is
// taken from the cache; (2) the rules about the whole tree run over small facts of all manifests; (3) findings of
// parsing and binding are added, suppressions and the policy applied, and all sorted. The result of the whole tree is
// cached too. Reports are joined in the order of files, so the number of threads never shows.
#include <cascade/validate.h>

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "client/names.h"
#include "files/paths.h"
#include "hash/content_hash.h"
#include "registry/tables.h"
#include "syntax/lines.h"
#include "text/ascii.h"
#include "text/names.h"
#include "text/suggestion.h"
#include "text/word_set.h"
#include "validate/engine/findings_cache.h"
#include "validate/engine/judged_file.h"
#include "validate/rules/checks.h"
#include "validate/rules/findings.h"

namespace cascade {
namespace {

using namespace validation;

// A key or a tool that one manifest names and the client does not know may be misspelt, and then a restriction is lost.
// The same name in file after file is a custom of its makers: another program reads it, or nobody does. To say so
// once is enough, and a report of three hundred such lines hides the one that counts. The same goes for a tool that the
// client had once (TL011), and for `Bash` without limits (TL005): who writes it in every skill knows it; `cascade diff`
// shows each right that a change brings. What resembles a name of the client stays a fault at each place, because slips
// are copied, too.

// A name that the client does not know, or `Bash` without limits, in at least this many files is no slip of the pen.
constexpr std::size_t custom_from = 5;

bool may_be_custom(const Diagnostic& finding) {
  if (finding.severity == Severity::info) return false;
  if (finding.rule == "TL005") return true;
  if (finding.rule == "TL011") return finding.message.starts_with(no_longer_has);
  return (finding.rule == "FM007" || finding.rule == "TL001") && !letters::is_suggestion(finding.help);
}

// The findings of one name, and the number of their files.
struct Name {
  std::vector<std::size_t> places;
  std::size_t files = 0;
};

// Leaves one finding for each such name, which says how many files have it; the others become notes. `found` is sorted.
// Settings of the rules win.
void note_customs(const Switches& switches, std::vector<Diagnostic>& found) {
  if (switches.profile() == Profile::agent_skills) return;  // there every other key is a fault
  std::map<std::pair<std::string_view, std::string_view>, Name> names;
  for (std::size_t i = 0; i < found.size(); ++i) {
    if (!may_be_custom(found[i])) continue;
    Name& name = names[{found[i].rule, found[i].message}];
    if (name.places.empty() || found[name.places.back()].at.path != found[i].at.path) ++name.files;
    name.places.push_back(i);
  }
  for (const auto& [key, name] : names) {
    if (name.files < custom_from) continue;
    Diagnostic& first = found[name.places.front()];
    first.severity = switches.severity(first.rule, std::min(first.severity, Severity::warning));
    first.help += "; this is the first of " + std::to_string(name.files) + " files that have it";
    for (std::size_t i = 1; i < name.places.size(); ++i)
      found[name.places[i]].severity = switches.severity(found[name.places[i]].rule, Severity::info);
  }
}

// Parsing and binding report as they go, before any policy is known. Here their findings get the severities of the
// profile; one that parsing called milder than usual stays milder. Rules about references say nothing about names that
// belong to another plugin, to the user's own agents, or to a skill that the text fetches: these are not in the tree.

// Rules whose findings come from parsing and binding; all others look for themselves.
bool comes_from_parsing(std::string_view rule) {
  return letters::is_one_of(rule, {"FM001", "FM002", "FM003", "FM004", "FM005", "FM012", "FM015", "BD007", "RF001",
                                   "RF002", "RF003", "RF008", "SEC010", "ID009"});
}

using Places = std::set<std::tuple<std::string, std::uint32_t, std::uint32_t>>;

// A file with references to what is not there: kept while they come from it, because they come file by file. Each
// question is answered as often as findings of a file are shown.
class ReferringFile {
 public:
  explicit ReferringFile(const Context& context) : context_(context) {}

  // Whether the reader is to take the skill out of a repository, behind a "git clone".
  bool fetches(const Reference& reference) {
    if (reference.target.kind != Kind::skill) return false;
    open(reference.at.path);
    if (clone_ == std::string::npos || ++asked_for_skills_ > findings_of_a_rule_in_a_file) return false;
    const std::string folder = "/skills/" + reference.target.name;
    for (std::size_t at = text_.find(folder, clone_); at != std::string::npos; at = text_.find(folder, at + 1))
      if (at + folder.size() == text_.size() || !letters::is_name(text_[at + folder.size()])) return true;
    return false;
  }

  // Whether the agent is called in another program's form: `task(subagent_type="x")`, in small letters.
  bool calls_in_another_form(const Reference& reference) {
    if (reference.target.kind != Kind::agent) return false;
    open(reference.at.path);
    if (++asked_for_agents_ > findings_of_a_rule_in_a_file || reference.at.line == 0 ||
        reference.at.line > lines_->lines())
      return false;
    constexpr std::size_t farthest = 600;  // bytes between the call and its argument
    const std::size_t end = lines_->start(reference.at.line);
    const std::string_view line = lines_->line(reference.at.line);
    const std::size_t first = end - std::min(end, farthest);
    const std::string_view before =
        std::string_view(text_).substr(first, end - first + std::min<std::size_t>(line.size(), reference.at.column));
    const std::size_t call = before.rfind("task(");
    if (call == before.npos || (call > 0 && letters::is_name(before[call - 1]))) return false;
    const auto follows = [&](const char* tool) { return before.find(std::string(tool) + "(", call) != before.npos; };
    return !follows(client::tool_names::task) && !follows(client::tool_names::agent);
  }

 private:
  void open(const std::string& path) {
    if (lines_ && path == path_) return;
    path_ = path;
    text_ = context_.request.read(path).value_or(std::string());
    lines_.emplace(text_);
    clone_ = text_.find("git clone");
    asked_for_skills_ = asked_for_agents_ = 0;
  }

  const Context& context_;
  std::string path_, text_;
  std::optional<syntax::LineIndex> lines_;
  std::size_t clone_ = 0;
  std::uint32_t asked_for_skills_ = 0, asked_for_agents_ = 0;
};

// Places of references to things outside this tree: agents known to the configuration, plugins that are not here.
Places names_of_others(const Context& context) {
  const auto has_plugin = [&](std::string_view name) {
    return letters::find_first(context.facts.plugins, &PluginFacts::name, name) != nullptr;
  };
  Places places;
  const std::vector<std::string>& agents = context.policy().known.agents;
  ReferringFile file(context);
  for (const Reference& reference : RegistryTables::unbound_references(context.registry)) {
    const std::string& name = reference.target.name;
    const std::size_t colon = name.find(':');
    const auto is_there = [&](const std::string& written) { return letters::is_one_of(written, agents); };
    const bool known =
        is_there(name) || (reference.named && (is_there("skill:" + name) || is_there("command:" + name)));
    if (known || file.fetches(reference) || file.calls_in_another_form(reference) ||
        (colon != std::string::npos && !has_plugin(name.substr(0, colon))))
      places.emplace(reference.at.path, reference.at.line, reference.at.column);
  }
  return places;
}

// What its place makes a manifest, and is a document all the same: by its name, or as a form or page among agents.
bool is_document(const Context& context, const Diagnostic& finding, const Place& place) {
  const std::string& path = finding.at.path;
  if (!place.manifest) return false;
  if (!is_manifest(place.role)) return true;
  // Only pages lack front matter; most agents need not be read again.
  if (place.role != Role::agent || (finding.rule != "FM001" && path.find("template") == std::string::npos))
    return false;
  const auto text = context.request.read(path);
  return text && intended_role(path, place, *text) == Role::document;
}

// With the profile's severities; without those of ignored files, of documents, of rules that are off or over their
// limit in a file, and of references to things outside the tree.
std::vector<Diagnostic> parsing_findings(const Context& context, const Switches& switches) {
  const Places foreign = names_of_others(context);
  std::vector<Diagnostic> found, known = context.registry.problems();
  known.insert(known.end(), context.request.known.begin(), context.request.known.end());
  std::map<std::pair<std::string, std::string>, std::uint32_t> counts;
  for (Diagnostic& finding : known) {
    if (!comes_from_parsing(finding.rule) || context.tree.is_ignored(finding.at.path)) continue;
    const Place place = context.layout.place_of(finding.at.path);
    if (is_document(context, finding, place)) continue;
    if (finding.rule.starts_with("RF") && foreign.contains({finding.at.path, finding.at.line, finding.at.column}))
      continue;
    const RuleInfo* rule = find_rule(finding.rule);
    if (rule == nullptr) continue;
    const bool milder = finding.severity < rule->severity(Profile::claude_code);
    finding.severity =
        switches.severity(finding.rule, milder ? std::optional<Severity>(finding.severity) : std::nullopt);
    if (finding.severity == Severity::off) continue;
    const std::uint32_t count = ++counts[{finding.at.path, finding.rule}];
    if (count > findings_of_a_rule_in_a_file) continue;
    if (count == findings_of_a_rule_in_a_file) finding.message += " (and maybe more in this file)";
    found.push_back(std::move(finding));
  }
  return found;
}

using FindingsByFile = std::map<std::string, std::vector<Diagnostic>>;

// The reports of all files, joined in the order of files.
struct Collected {
  std::vector<ManifestFacts> manifests;
  std::map<std::string, std::vector<Suppression>> suppressions;  // by file
  FindingsByFile found;
};

// Takes the result for the whole tree if all its files have the same results as then.
std::optional<Validation> find_whole(FindingsCache& cache, const hash::Hash128& key) {
  auto bytes = cache.find(key);
  if (!bytes || !take_looks(*bytes)) return std::nullopt;
  auto whole = report_of(*bytes);
  if (!whole) return std::nullopt;
  Validation validation;
  validation.found = std::move(whole->found);
  validation.suppressed = whole->bytes;
  cache.keep(key);
  return validation;
}

void keep_whole(FindingsCache& cache, const hash::Hash128& key, const Validation& validation) {
  if (!cache.is_worth_writing()) return;
  FileReport whole;
  whole.found = validation.found;
  whole.bytes = validation.suppressed;
  cache.keep(key, bytes_of(whole));
}

Collected collect(std::vector<JudgedFile>& files) {
  Collected all;
  for (JudgedFile& file : files) {
    FileReport& report = file.report;
    if (report.facts) all.manifests.push_back(std::move(*report.facts));
    if (!report.suppressions.empty())
      all.suppressions.emplace(report.suppressions.front().at.path, std::move(report.suppressions));
    for (Diagnostic& finding : report.found) all.found[finding.at.path].push_back(std::move(finding));
  }
  return all;
}

// Adds a finding that was made without its file's text.
void add(Diagnostic finding, FindingsByFile& found) {
  if (finding.fingerprint.empty())
    finding.fingerprint = hash::to_hex(hash::hash64(finding.rule + '\0' + finding.at.path + '\0' + finding.message));
  std::string path = finding.at.path;
  found[std::move(path)].push_back(shown(std::move(finding)));
}

// Checks the files of a skill; the size of its manifest is checked where it is parsed.
void check_sizes(const Context& context, const std::vector<JudgedFile>& files, Findings& findings) {
  constexpr std::size_t largest_file = 1u << 20, largest_skill = 8u << 20;
  std::map<std::string_view, std::size_t> skills;
  for (std::size_t i = 0; i < files.size(); ++i) {
    const FileReport& report = files[i].report;
    if (report.skill.empty()) continue;
    skills[report.skill] += report.bytes;
    if (report.bytes > largest_file && !report.facts)
      findings.add("BD007", {context.tree.files()[i], 0, 0, 0, 0},
                   "a file of " + std::to_string(report.bytes) + " bytes belongs to a skill",
                   std::to_string(largest_file) + " at most; link to it");
  }
  for (const auto& [folder, bytes] : skills)
    if (bytes > largest_skill)
      findings.add("BD007", {files::join(folder, "SKILL.md"), 0, 0, 0, 0},
                   "the files of the skill have " + std::to_string(bytes) + " bytes",
                   std::to_string(largest_skill) + " at most; link to what is large");
}

// In front matter that is not YAML, fields are salvaged line by line: findings about these follow from that one
// fault and are dropped with it.
bool follows_from_syntax(const Diagnostic& finding) {
  return letters::is_one_of(finding.rule, {"FM005", "FM006", "FM007", "FM008", "FM009", "FM013", "FM014", "FM015",
                                           "TL001", "TL002", "TL003", "TL004", "TL007"});
}

void drop_what_follows(std::vector<Diagnostic>& found) {
  if (letters::find_first(found, &Diagnostic::rule, "FM004") != nullptr) std::erase_if(found, follows_from_syntax);
}

// Removes the findings of one file that its suppressions cover, adds those about the suppressions themselves, and
// returns how many it removed.
std::size_t apply_suppressions(const Switches& switches, const std::vector<Suppression>& suppressions,
                               std::vector<Diagnostic>& found) {
  Findings about(switches);
  const std::size_t removed = suppress(suppressions, found, about);
  for (Diagnostic& finding : about.take()) found.push_back(shown(std::move(finding)));
  return removed;
}

// Applies suppressions and the policy to all findings, sorts them, and drops what several steps found alike.
Validation join(const ValidateRequest& request, const Switches& switches, Collected all) {
  Validation validation;
  for (auto& [path, found] : all.found) {
    drop_what_follows(found);
    const auto suppressions = all.suppressions.find(path);
    if (suppressions != all.suppressions.end())
      validation.suppressed += apply_suppressions(switches, suppressions->second, found);
    std::sort(found.begin(), found.end());  // file by file; the files are in order
    std::ranges::move(found, std::back_inserter(validation.found));
  }
  for (const auto& [path, suppressions] : all.suppressions) {
    if (all.found.count(path) != 0) continue;
    std::vector<Diagnostic> unused;  // a file without findings: its suppressions cover nothing
    apply_suppressions(switches, suppressions, unused);
    std::ranges::move(unused, std::back_inserter(validation.found));
  }
  // The same finding from several steps counts once, and not as suppressed by a policy.
  if (!std::is_sorted(validation.found.begin(), validation.found.end()))
    std::sort(validation.found.begin(), validation.found.end());
  const auto is_same = [](const Diagnostic& a, const Diagnostic& b) { return !(a < b) && !(b < a); };
  validation.found.erase(std::unique(validation.found.begin(), validation.found.end(), is_same),
                         validation.found.end());
  note_customs(switches, validation.found);
  const std::size_t found = validation.found.size();
  validation.found = apply(request.policy, std::move(validation.found));
  validation.suppressed += found - validation.found.size();
  return validation;
}

Validation judge_tree(const Context& context, const Switches& switches, std::vector<JudgedFile> files) {
  read_known_reports(context, switches, files);
  Collected all = collect(files);
  Findings findings(switches, 0);
  for (TreeCheck* const check : tree_checks) check(context, all.manifests, findings);
  check_sizes(context, files, findings);
  for (Diagnostic& finding : findings.take()) add(std::move(finding), all.found);
  for (Diagnostic& finding : parsing_findings(context, switches)) add(std::move(finding), all.found);
  return join(context.request, switches, std::move(all));
}

// In the folder of another client. Manifests that the registry holds are counted there.
void count_of_other_client(const Place& place, Checked& checked) {
  if (place.manifest) return;
  checked.skills += place.role == Role::skill ? 1 : 0;
  checked.agents += place.role == Role::agent ? 1 : 0;
  checked.commands += place.role == Role::command ? 1 : 0;
  checked.hooks += place.role == Role::hooks || place.role == Role::settings ? 1 : 0;
}

Checked count(const Context& context) {
  Checked checked;
  const auto is_meant = [&](std::string_view path) { return !context.request.meant || context.request.meant(path); };
  checked.files = context.tree.files().size();
  // Counts as `list` and `index` do, including documents, but without ignored files.
  for (std::uint32_t i = 0; i < context.registry.size(); ++i) {
    const ManifestView manifest = context.registry[ManifestId{i}];
    if (context.tree.is_ignored(std::string(manifest.path)) || !is_meant(manifest.path)) continue;
    checked.skills += manifest.kind == Kind::skill ? 1 : 0;
    checked.agents += manifest.kind == Kind::agent ? 1 : 0;
    checked.commands += manifest.kind == Kind::command ? 1 : 0;
    checked.documents += manifest.document ? 1 : 0;
  }
  for (const std::string& path : context.tree.files()) {
    if (!is_meant(path)) continue;
    checked.instructions += is_instruction_file(path) ? 1 : 0;
    if (client::client_file(path)) {
      count_of_other_client(context.layout.place_of(path), checked);
      continue;
    }
    if (!letters::is_one_of(files::file_name(path), {"hooks.json", "settings.json", "settings.local.json",
                                                     "plugin.json", "marketplace.json", ".mcp.json", "mcp.json"}))
      continue;
    const Role role = context.layout.place_of(path).role;
    checked.hooks += role == Role::hooks || role == Role::settings ? 1 : 0;
    checked.plugins += role == Role::plugin || role == Role::marketplace || role == Role::mcp ? 1 : 0;
  }
  return checked;
}

bool is_ignored(const RulePolicy& policy, const Diagnostic& finding) {
  if (policy.ignore.empty()) return false;
  const RuleInfo* rule = find_rule(finding.rule);
  const auto is_named = [&](const std::string& name) {
    return name == finding.rule || (rule != nullptr && names_rule(name, *rule));
  };
  return std::ranges::any_of(policy.ignore, [&](const Ignore& ignore) {
    return files::matches_glob(ignore.path, finding.at.path) &&
           (ignore.rules.empty() || std::ranges::any_of(ignore.rules, is_named));
  });
}

}  // namespace

Validation validate(const Registry& registry, const ValidateRequest& request) {
  const Switches switches(request.policy);
  const FileTree tree(request);
  const TreeFacts facts = read_facts(tree, request);
  const Layout layout(tree, registry, facts);
  const Context context{request, registry, tree, facts, layout};
  Validation validation;
  if (FindingsCache* const cache = request.cache.get(); cache == nullptr) {
    validation = judge_tree(context, switches, judge_files(context, switches, {}));
  } else {
    const hash::Hash128 all = key_of_all(context, cache->program());
    std::vector<JudgedFile> files = judge_files(context, switches, all);
    keep_results(context, files);
    const hash::Hash128 key = key_of_tree(all, context, files);
    if (auto whole = find_whole(*cache, key)) {
      validation = *std::move(whole);
    } else {
      validation = judge_tree(context, switches, std::move(files));
      keep_whole(*cache, key, validation);
    }
  }
  validation.checked = count(context);
  return validation;
}

std::vector<Diagnostic> apply(const RulePolicy& policy, std::vector<Diagnostic> found) {
  if (found.empty()) return found;
  const validation::Switches switches(policy);
  std::vector<Diagnostic> kept;
  for (Diagnostic& finding : found) {
    if (is_ignored(policy, finding)) continue;
    finding.severity = switches.severity(finding.rule, finding.severity);
    if (finding.severity != Severity::off) kept.push_back(std::move(finding));
  }
  if (!std::is_sorted(kept.begin(), kept.end())) std::sort(kept.begin(), kept.end());  // usually they are
  return kept;
}

// What programs may ask about the rules: the words for profiles and kinds of fixes, and a rule by its id or its slug.
constexpr letters::Names<Profile::install> profile_names("agent-skills", "claude-code", "cascade", "install");
std::string_view to_string(Profile profile) noexcept { return profile_names.of(profile); }

std::optional<Profile> parse_profile(std::string_view text) noexcept { return profile_names.find(text); }

constexpr letters::Names<FixKind::unsafe> fix_kind_names("none", "safe", "unsafe");
std::string_view to_string(FixKind fix) noexcept { return fix_kind_names.of(fix); }

Span<RuleInfo> rules() { return validation::rule_table(); }

const RuleInfo* find_rule(std::string_view id_or_slug) noexcept {
  if (const auto number = validation::rule_number(id_or_slug)) return validation::rule_table().begin() + *number;
  return letters::find_first(validation::rule_table(), &RuleInfo::slug, id_or_slug);
}

bool is_rule_name(std::string_view name) noexcept {
  if (find_rule(name) != nullptr || is_planned(name)) return true;
  return std::ranges::any_of(rule_table(), [&](const RuleInfo& rule) { return names_rule(name, rule); });
}

}  // namespace cascade
