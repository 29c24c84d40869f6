// Validates a tree in three steps: (1) each file is judged by itself, on several threads, or its earlier result is
// taken from the cache if its key and everything it looked at are unchanged; (2) the rules about the whole tree run
// over small facts of all manifests; (3) findings of parsing and binding are added, suppressions and the policy
// applied, and all sorted. The result of the whole tree is cached too, so a run without changes ends after step 1.
// Reports are kept per file and joined in the order of files, so the number of threads never shows.
#include <cascade/validate.h>

#include <algorithm>
#include <map>
#include <set>

#include "files/glob.h"
#include "files/paths.h"
#include "hash/content_hash.h"
#include "registry/tables.h"
#include "text/ascii.h"
#include "unicode/utf8.h"
#include "validate/engine/file_key.h"
#include "validate/engine/file_report.h"
#include "validate/engine/findings_cache.h"
#include "validate/engine/suppression.h"
#include "validate/reading/secrets.h"
#include "validate/rules/checks.h"
#include "validate/rules/tree_checks.h"

namespace cascade {
namespace {

using namespace validation;

// Rules whose findings come from parsing and binding; all others look for themselves.
bool comes_from_parsing(std::string_view rule) {
  for (const std::string_view known : {"FM001", "FM002", "FM003", "FM004", "FM005", "FM012", "FM015", "BD007", "RF001",
                                       "RF002", "RF003", "RF008", "SEC010", "ID009"})
    if (rule == known) return true;
  return false;
}

class Validator {
 public:
  Validator(const Registry& registry, const ValidateRequest& request)
      : request_(request),
        registry_(registry),
        switches_(request.policy),
        tree_(request),
        facts_(read_facts(tree_, request)),
        layout_(tree_, registry, facts_),
        context_{request, registry, tree_, facts_, layout_} {}

  Validation run() {
    reports_.resize(tree_.files().size());
    places_.resize(reports_.size());
    if (request_.cache) {
      keys_.resize(reports_.size());
      made_.resize(reports_.size());
      given_.resize(reports_.size());
      known_.resize(reports_.size());
      contents_.resize(reports_.size());
      key_of_all_ = key_of_all(context_, request_.cache->program());
    }
    const auto work = [this](std::size_t index) { look_at(index); };
    if (request_.each)
      request_.each(reports_.size(), work);
    else
      for (std::size_t i = 0; i < reports_.size(); ++i) work(i);
    keep();
    Validation validation;
    if (!take_whole(validation)) {
      for (std::size_t i = 0; i < known_.size(); ++i)
        if (known_[i].data() != nullptr) take_report(i);
      collect();
      look_at_tree();
      take_known();
      finish(validation);
      keep_whole(validation);
    }
    count(validation.checked);
    return validation;
  }

 private:
  void look_at(std::size_t index) {
    const std::string& path = tree_.files()[index];
    FileReport& report = reports_[index];
    const Place place = places_[index] = layout_.place_of(path);
    if (const auto content = content_of(path)) {
      keys_[index] = file_key(key_of_all_, context_, path, *content, place);
      if (is_known(index)) return;
    }
    const auto text = request_.read(path);
    if (!text) {
      if (text.error().code == ErrorCode::unsupported && (place.skill || place.role != Role::text)) {
        Findings findings(switches_);
        Location at;
        at.path = path;
        findings.add("BD007", at, "the file is " + text.error().message + ", too large to be checked", "");
        report.found = findings.take();
        for (Diagnostic& finding : report.found) finding = shown(std::move(finding));
      }
      return;
    }
    if (!request_.cache) return judge(path, *text, place, report);
    contents_[index] = hash::hash128(*text);
    keys_[index] = file_key(key_of_all_, context_, path, contents_[index], place);
    if (is_known(index)) return;
    judge(path, *text, place, report);
    made_[index] = bytes_of(report);
    given_[index] = hash::hash128(made_[index]);
  }

  std::optional<hash::Hash128> content_of(const std::string& path) const {
    return request_.cache ? request_.cache->expected(path) : std::nullopt;
  }

  // Whether the file was judged before, with the same result as now.
  bool is_known(std::size_t index) {
    auto bytes = request_.cache->find(keys_[index]);
    if (!bytes) return false;
    given_[index] = hash::hash128(*bytes);
    const auto looks = take_looks(*bytes);
    if (!looks || !std::all_of(looks->begin(), looks->end(), [&](const Look& look) { return tree_.is_as_noted(look); }))
      return false;
    known_[index] = *bytes;
    return true;
  }

  // Takes the earlier result of a file; needed only if the result of the whole tree is unknown.
  void take_report(std::size_t index) {
    FileReport& report = reports_[index];
    const Place& place = places_[index];
    auto known = report_of(known_[index]);
    if (!known) {
      if (const auto text = request_.read(tree_.files()[index])) judge(tree_.files()[index], *text, place, report);
      return;
    }
    report = *std::move(known);
    report.skill = place.skill.value_or(std::string_view());
    if (!report.facts || !place.manifest) return report.facts.reset();
    report.facts->id = *place.manifest;
    report.facts->base = place.base;
    report.facts->in_plugin = place.in_plugin;
  }

  void judge(const std::string& path, const std::string& text, Place place, FileReport& report) {
    const FileTree tree = request_.cache ? tree_.noting(report.looks) : tree_;
    const Context context{request_, registry_, tree, facts_, layout_};
    Findings findings(switches_);
    place.role = intended_role(path, place, text).value_or(place.role);
    report.skill = place.skill.value_or(std::string_view());
    report.bytes = text.size();
    std::optional<ManifestView> manifest;
    if (place.manifest) manifest = registry_[*place.manifest];
    const Document document(path, text, place, manifest);
    for (const FileCheck check : file_checks()) check(context, document, findings);
    report.found = findings.take();
    identify(document, report.found);
    for (Diagnostic& finding : report.found) finding = shown(std::move(finding));
    report.suppressions = find_suppressions(document);
    if (manifest && is_manifest(place.role)) report.facts = facts_of(document, switches_.runs("CT004"));
  }

  // Takes the result for the whole tree if all its files have the same results as then.
  bool take_whole(Validation& validation) {
    if (!request_.cache) return false;
    key_of_tree_ = key_of_tree(key_of_all_, context_, given_);
    auto bytes = request_.cache->find(key_of_tree_);
    if (!bytes || !take_looks(*bytes)) return false;
    auto whole = report_of(*bytes);
    if (!whole) return false;
    validation.found = std::move(whole->found);
    validation.suppressed = whole->bytes;
    request_.cache->keep(key_of_tree_);
    return true;
  }

  void keep_whole(const Validation& validation) const {
    if (!request_.cache || !request_.cache->is_worth_writing()) return;
    FileReport whole;
    whole.found = validation.found;
    whole.bytes = validation.suppressed;
    request_.cache->keep(key_of_tree_, bytes_of(whole));
  }

  void keep() {
    if (!request_.cache) return;
    for (std::size_t i = 0; i < reports_.size(); ++i) {
      if (!made_[i].empty())
        request_.cache->keep(keys_[i], std::move(made_[i]));
      else if (keys_[i] != hash::Hash128{})
        request_.cache->keep(keys_[i]);
      if (contents_[i] != hash::Hash128{}) request_.cache->note(tree_.files()[i], contents_[i]);
    }
  }

  // Returns the line; for a security finding in a text the whole paragraph, so that new text around an accepted
  // finding makes it new.
  static std::string_view offending_text(const Document& document, const Diagnostic& finding) {
    const std::string_view line = document.lines().line(finding.at.line);
    const std::size_t at = document.lines().start(finding.at.line);
    if (finding.rule.compare(0, 3, "SEC") == 0 && is_markdown(document.role()) && at >= document.frontmatter().body) {
      const validation::Range block = document.body().block_at(at);
      if (block.end > block.begin) return letters::trim(document.text().substr(block.begin, block.end - block.begin));
    }
    return letters::trim(line.substr(0, 4096));
  }

  // A fingerprint covers the rule, the file and the line's text, so that edits above do not change it.
  static void identify(const Document& document, std::vector<Diagnostic>& found) {
    for (Diagnostic& finding : found) {
      std::string identity = finding.rule + '\0' + finding.at.path + '\0';
      if (finding.at.line != 0) identity += offending_text(document, finding);
      finding.fingerprint = hash::to_hex(hash::hash64(identity));
    }
  }

  void collect() {
    for (FileReport& report : reports_) {
      if (report.facts) manifests_.push_back(std::move(*report.facts));
      if (!report.suppressions.empty())
        suppressions_.emplace(report.suppressions.front().at.path, std::move(report.suppressions));
      for (Diagnostic& finding : report.found) by_file_[finding.at.path].push_back(std::move(finding));
    }
  }

  void look_at_tree() {
    Findings findings(switches_, 0);
    for (const TreeCheck check : tree_checks()) check(context_, manifests_, findings);
    look_at_sizes(findings);
    for (Diagnostic& finding : findings.take()) add(std::move(finding));
  }

  // Checks the files of a skill; the size of its manifest is checked where it is parsed.
  void look_at_sizes(Findings& findings) const {
    constexpr std::size_t largest_file = 1u << 20, largest_skill = 8u << 20;
    std::map<std::string_view, std::size_t> skills;
    for (std::size_t i = 0; i < reports_.size(); ++i) {
      const FileReport& report = reports_[i];
      if (report.skill.empty()) continue;
      skills[report.skill] += report.bytes;
      Location at;
      at.path = tree_.files()[i];
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

  void add(Diagnostic finding) {
    if (finding.fingerprint.empty())
      finding.fingerprint = hash::to_hex(hash::hash64(finding.rule + '\0' + finding.at.path + '\0' + finding.message));
    std::string path = finding.at.path;
    by_file_[std::move(path)].push_back(shown(std::move(finding)));
  }

  // Masks secrets and removes characters that a terminal would act on.
  static Diagnostic shown(Diagnostic finding) {
    finding.message = unicode::displayable(masked(finding.message));
    finding.help = unicode::displayable(masked(finding.help));
    return finding;
  }

  // Takes the findings of parsing, binding and the walk, with the profile's severities.
  void take_known() {
    const std::set<Location, bool (*)(const Location&, const Location&)> foreign = names_of_others();
    std::vector<Diagnostic> known = registry_.problems();
    known.insert(known.end(), request_.known.begin(), request_.known.end());
    std::map<std::pair<std::string, std::string>, std::uint32_t> counts;
    for (Diagnostic& finding : known) {
      if (!comes_from_parsing(finding.rule) || tree_.is_ignored(finding.at.path)) continue;
      const Place place = layout_.place_of(finding.at.path);
      if (place.manifest && !is_manifest(place.role)) continue;  // a document
      if (finding.rule.compare(0, 2, "RF") == 0 && foreign.count(finding.at) != 0) continue;
      const RuleInfo* rule = find_rule(finding.rule);
      if (rule == nullptr) continue;
      const bool milder = finding.severity < rule->severity(Profile::claude_code);
      finding.severity =
          switches_.severity(finding.rule, milder ? std::optional<Severity>(finding.severity) : std::nullopt);
      if (finding.severity == Severity::off) continue;
      const std::uint32_t count = ++counts[{finding.at.path, finding.rule}];
      if (count > findings_of_a_rule_in_a_file) continue;
      if (count == findings_of_a_rule_in_a_file) finding.message += " (and maybe more in this file)";
      add(std::move(finding));
    }
  }

  static bool before(const Location& a, const Location& b) {
    return std::tie(a.path, a.line, a.column) < std::tie(b.path, b.line, b.column);
  }

  // Places of references to things outside this tree: agents known to the configuration, plugins that are not here.
  std::set<Location, bool (*)(const Location&, const Location&)> names_of_others() const {
    std::set<Location, bool (*)(const Location&, const Location&)> places(&before);
    const std::vector<std::string>& agents = request_.policy.known.agents;
    for (const Reference& reference : RegistryTables::unbound_references(registry_)) {
      const std::string& name = reference.target.name;
      const std::size_t colon = name.find(':');
      const bool known = std::find(agents.begin(), agents.end(), name) != agents.end();
      if (known || (colon != std::string::npos && !has_plugin(name.substr(0, colon)))) places.insert(reference.at);
    }
    return places;
  }

  bool has_plugin(const std::string& name) const {
    return std::any_of(facts_.plugins.begin(), facts_.plugins.end(),
                       [&](const PluginFacts& facts) { return facts.name == name; });
  }

  // In front matter that is not YAML, fields are salvaged line by line: findings about these follow from that one
  // fault and are dropped with it.
  static bool follows_from_syntax(const Diagnostic& finding) {
    for (const std::string_view rule : {"FM005", "FM006", "FM007", "FM008", "FM009", "FM013", "FM014", "FM015", "TL001",
                                        "TL002", "TL003", "TL004", "TL007"})
      if (finding.rule == rule) return true;
    return false;
  }

  static void drop_what_follows(std::vector<Diagnostic>& found) {
    const bool broken = std::any_of(found.begin(), found.end(), [](const Diagnostic& f) { return f.rule == "FM004"; });
    if (broken) found.erase(std::remove_if(found.begin(), found.end(), follows_from_syntax), found.end());
  }

  void finish(Validation& validation) {
    for (auto& [path, found] : by_file_) {
      drop_what_follows(found);
      Findings about(switches_);
      const auto suppressions = suppressions_.find(path);
      if (suppressions != suppressions_.end()) validation.suppressed += suppress(suppressions->second, found, about);
      for (Diagnostic& finding : about.take()) found.push_back(shown(std::move(finding)));
      std::sort(found.begin(), found.end());  // file by file; the files are in order
      for (Diagnostic& finding : found) validation.found.push_back(std::move(finding));
    }
    unused_in_clean_files(validation);
    // The same finding from several steps counts once, and not as suppressed by a policy.
    if (!std::is_sorted(validation.found.begin(), validation.found.end()))
      std::sort(validation.found.begin(), validation.found.end());
    validation.found.erase(std::unique(validation.found.begin(), validation.found.end(), is_same),
                           validation.found.end());
    const std::size_t all = validation.found.size();
    validation.found = apply(request_.policy, std::move(validation.found));
    validation.suppressed += all - validation.found.size();
  }

  static bool is_same(const Diagnostic& a, const Diagnostic& b) { return !(a < b) && !(b < a); }

  void unused_in_clean_files(Validation& validation) {
    for (const auto& [path, suppressions] : suppressions_) {
      if (by_file_.count(path) != 0) continue;
      Findings about(switches_);
      std::vector<Diagnostic> none;
      suppress(suppressions, none, about);
      for (Diagnostic& finding : about.take()) validation.found.push_back(shown(std::move(finding)));
    }
  }

  void count(Checked& checked) const {
    checked.files = tree_.files().size();
    // Counts as `list` and `index` do, including documents, but without ignored files.
    for (std::uint32_t i = 0; i < registry_.size(); ++i) {
      const ManifestView manifest = registry_[ManifestId{i}];
      if (tree_.is_ignored(std::string(manifest.path))) continue;
      checked.skills += manifest.kind == Kind::skill ? 1 : 0;
      checked.agents += manifest.kind == Kind::agent ? 1 : 0;
      checked.commands += manifest.kind == Kind::command ? 1 : 0;
      checked.documents += manifest.document ? 1 : 0;
    }
    for (const std::string& path : tree_.files()) {
      const std::size_t slash = path.rfind('/');
      const std::string_view name = std::string_view(path).substr(slash == std::string::npos ? 0 : slash + 1);
      if (name != "hooks.json" && name != "settings.json" && name != "settings.local.json" && name != "plugin.json" &&
          name != "marketplace.json" && name != ".mcp.json" && name != "mcp.json")
        continue;
      const Role role = layout_.place_of(path).role;
      checked.hooks += role == Role::hooks || role == Role::settings ? 1 : 0;
      checked.plugins += role == Role::plugin || role == Role::marketplace || role == Role::mcp ? 1 : 0;
    }
  }

  const ValidateRequest& request_;
  const Registry& registry_;
  const Switches switches_;
  const FileTree tree_;
  const TreeFacts facts_;
  const Layout layout_;
  const Context context_;
  std::vector<FileReport> reports_;
  std::vector<Place> places_;  // of the files
  // With a cache: the key of each file, and the bytes of its report if it was judged anew.
  std::vector<hash::Hash128> contents_, keys_, given_;  // contents: of the files read; given: the hash of the report
  std::vector<std::string> made_;
  std::vector<std::string_view> known_;  // the report's bytes if the file was judged before
  hash::Hash128 key_of_all_, key_of_tree_;
  std::vector<ManifestFacts> manifests_;
  std::map<std::string, std::vector<Suppression>> suppressions_;
  std::map<std::string, std::vector<Diagnostic>> by_file_;
};

}  // namespace

Validation validate(const Registry& registry, const ValidateRequest& request) {
  return Validator(registry, request).run();
}

}  // namespace cascade
