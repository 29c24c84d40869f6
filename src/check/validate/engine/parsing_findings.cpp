// Parsing and binding report as they go, before any policy is known. Here their findings get the severities of the
// profile; one that parsing called milder than usual stays milder. Rules about references say nothing about names that
// belong to another plugin, to the user's own agents, or to a skill that the text fetches: these are not in the tree.
#include "validate/engine/parsing_findings.h"

#include <algorithm>
#include <map>
#include <set>

#include "client/names.h"
#include "registry/tables.h"
#include "syntax/lines.h"
#include "text/ascii.h"

namespace cascade::validation {
namespace {

// Rules whose findings come from parsing and binding; all others look for themselves.
bool comes_from_parsing(std::string_view rule) {
  for (const std::string_view known : {"FM001", "FM002", "FM003", "FM004", "FM005", "FM012", "FM015", "BD007", "RF001",
                                       "RF002", "RF003", "RF008", "SEC010", "ID009"})
    if (rule == known) return true;
  return false;
}

bool before(const Location& a, const Location& b) {
  return std::tie(a.path, a.line, a.column) < std::tie(b.path, b.line, b.column);
}
using Places = std::set<Location, bool (*)(const Location&, const Location&)>;

// What a file says from its first "git clone" on. Only as many skills are looked for in it as findings of a file are
// shown.
struct Fetched {
  std::string text;
  std::uint32_t asked = 0;

  explicit Fetched(const Result<std::string>& file) {
    const std::size_t clone = file ? file->find("git clone") : std::string::npos;
    if (clone != std::string::npos) text = file->substr(clone);
  }
  // Whether the reader is to take the skill out of a repository.
  bool has(const std::string& skill) {
    if (text.empty() || ++asked > findings_of_a_rule_in_a_file) return false;
    const std::string folder = "/skills/" + skill;
    for (std::size_t at = text.find(folder); at != std::string::npos; at = text.find(folder, at + 1))
      if (at + folder.size() == text.size() || !letters::is_name(text[at + folder.size()])) return true;
    return false;
  }
};

// Whether agents that are not there are called in another program's form: `task(subagent_type="x")`, in small letters.
// Keeps the file asked about last, because references come file by file, and answers as often as findings of a file are
// shown.
class CallsOfOthers {
 public:
  explicit CallsOfOthers(const Context& context) : context_(context) {}

  bool has(const Reference& reference) {
    if (reference.target.kind != Kind::agent) return false;
    if (!lines_ || reference.at.path != path_) open(reference.at.path);
    if (++asked_ > findings_of_a_rule_in_a_file || reference.at.line == 0 || reference.at.line > lines_->lines())
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
    path_ = path;
    text_ = context_.request.read(path).value_or(std::string());
    lines_.emplace(text_);
    asked_ = 0;
  }

  const Context& context_;
  std::string path_, text_;
  std::optional<syntax::LineIndex> lines_;
  std::uint32_t asked_ = 0;
};

// Places of references to things outside this tree: agents known to the configuration, plugins that are not here.
Places names_of_others(const Context& context) {
  const auto has_plugin = [&](std::string_view name) {
    const std::vector<PluginFacts>& plugins = context.facts.plugins;
    return std::any_of(plugins.begin(), plugins.end(), [&](const PluginFacts& facts) { return facts.name == name; });
  };
  Places places(&before);
  const std::vector<std::string>& agents = context.policy().known.agents;
  CallsOfOthers others(context);
  std::map<std::string, Fetched> fetched;  // of files that refer to skills that are not there
  const auto fetches = [&](const Reference& reference) {
    if (reference.target.kind != Kind::skill) return false;
    auto file = fetched.find(reference.at.path);
    if (file == fetched.end())
      file = fetched.emplace(reference.at.path, Fetched(context.request.read(reference.at.path))).first;
    return file->second.has(reference.target.name);
  };
  for (const Reference& reference : RegistryTables::unbound_references(context.registry)) {
    const std::string& name = reference.target.name;
    const std::size_t colon = name.find(':');
    const bool known = std::find(agents.begin(), agents.end(), name) != agents.end();
    if (known || fetches(reference) || others.has(reference) ||
        (colon != std::string::npos && !has_plugin(name.substr(0, colon))))
      places.insert(reference.at);
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

}  // namespace

std::vector<Diagnostic> parsing_findings(const Context& context, const Switches& switches) {
  const Places foreign = names_of_others(context);
  std::vector<Diagnostic> found, known = context.registry.problems();
  known.insert(known.end(), context.request.known.begin(), context.request.known.end());
  std::map<std::pair<std::string, std::string>, std::uint32_t> counts;
  for (Diagnostic& finding : known) {
    if (!comes_from_parsing(finding.rule) || context.tree.is_ignored(finding.at.path)) continue;
    const Place place = context.layout.place_of(finding.at.path);
    if (is_document(context, finding, place)) continue;
    if (finding.rule.compare(0, 2, "RF") == 0 && foreign.count(finding.at) != 0) continue;
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

}  // namespace cascade::validation
