// Validates a tree in three steps: (1) each file is judged by itself, on several threads, or its earlier result is
// taken from the cache if its key and everything it looked at are unchanged; (2) the rules about the whole tree run
// over small facts of all manifests; (3) findings of parsing and binding are added, suppressions and the policy
// applied, and all sorted. The result of the whole tree is cached too, so a run without changes ends after step 1.
// Reports are kept per file and joined in the order of files, so the number of threads never shows.
#include <cascade/validate.h>

#include <algorithm>
#include <map>

#include "files/paths.h"
#include "hash/content_hash.h"
#include "validate/engine/customs.h"
#include "validate/engine/file_key.h"
#include "validate/engine/findings_cache.h"
#include "validate/engine/judged_file.h"
#include "validate/engine/parsing_findings.h"
#include "validate/engine/suppression.h"
#include "validate/rules/tree_checks.h"

namespace cascade {
namespace {

using namespace validation;

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

std::vector<hash::Hash128> results_of(const std::vector<JudgedFile>& files) {
  std::vector<hash::Hash128> results;
  for (const JudgedFile& file : files) results.push_back(file.result);
  return results;
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
    Location at;
    at.path = context.tree.files()[i];
    if (report.bytes > largest_file && !report.facts)
      findings.add("BD007", at, "a file of " + std::to_string(report.bytes) + " bytes belongs to a skill",
                   std::to_string(largest_file) + " at most; link to it");
  }
  for (const auto& [folder, bytes] : skills) {
    Location at;
    at.path = files::join(folder, "SKILL.md");
    if (bytes > largest_skill)
      findings.add("BD007", at, "the files of the skill have " + std::to_string(bytes) + " bytes",
                   std::to_string(largest_skill) + " at most; link to what is large");
  }
}

// In front matter that is not YAML, fields are salvaged line by line: findings about these follow from that one
// fault and are dropped with it.
bool follows_from_syntax(const Diagnostic& finding) {
  for (const std::string_view rule : {"FM005", "FM006", "FM007", "FM008", "FM009", "FM013", "FM014", "FM015", "TL001",
                                      "TL002", "TL003", "TL004", "TL007"})
    if (finding.rule == rule) return true;
  return false;
}

void drop_what_follows(std::vector<Diagnostic>& found) {
  const bool broken = std::any_of(found.begin(), found.end(), [](const Diagnostic& f) { return f.rule == "FM004"; });
  if (broken) found.erase(std::remove_if(found.begin(), found.end(), follows_from_syntax), found.end());
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
    for (Diagnostic& finding : found) validation.found.push_back(std::move(finding));
  }
  for (const auto& [path, suppressions] : all.suppressions) {
    if (all.found.count(path) != 0) continue;
    std::vector<Diagnostic> unused;  // a file without findings: its suppressions cover nothing
    apply_suppressions(switches, suppressions, unused);
    for (Diagnostic& finding : unused) validation.found.push_back(std::move(finding));
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
  for (const TreeCheck check : tree_checks()) check(context, all.manifests, findings);
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
  checked.files = context.tree.files().size();
  // Counts as `list` and `index` do, including documents, but without ignored files.
  for (std::uint32_t i = 0; i < context.registry.size(); ++i) {
    const ManifestView manifest = context.registry[ManifestId{i}];
    if (context.tree.is_ignored(std::string(manifest.path))) continue;
    checked.skills += manifest.kind == Kind::skill ? 1 : 0;
    checked.agents += manifest.kind == Kind::agent ? 1 : 0;
    checked.commands += manifest.kind == Kind::command ? 1 : 0;
    checked.documents += manifest.document ? 1 : 0;
  }
  for (const std::string& path : context.tree.files()) {
    if (client::client_file(path)) {
      count_of_other_client(context.layout.place_of(path), checked);
      continue;
    }
    const std::size_t slash = path.rfind('/');
    const std::string_view name = std::string_view(path).substr(slash == std::string::npos ? 0 : slash + 1);
    if (name != "hooks.json" && name != "settings.json" && name != "settings.local.json" && name != "plugin.json" &&
        name != "marketplace.json" && name != ".mcp.json" && name != "mcp.json")
      continue;
    const Role role = context.layout.place_of(path).role;
    checked.hooks += role == Role::hooks || role == Role::settings ? 1 : 0;
    checked.plugins += role == Role::plugin || role == Role::marketplace || role == Role::mcp ? 1 : 0;
  }
  return checked;
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
    const hash::Hash128 key = key_of_tree(all, context, results_of(files));
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

}  // namespace cascade
