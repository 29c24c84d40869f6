// Counts the findings of each rule in a file, and keeps as many as the limit allows: a generated file would otherwise
// bury all others. The last one that is kept says how many there were.
#include "validate/rules/findings.h"

#include <algorithm>
#include <array>
#include <iterator>

#include "client/built_in.h"
#include "client/names.h"
#include "files/paths.h"
#include "hash/content_hash.h"
#include "manifest/fields.h"
#include "manifest/parse.h"
#include "text/ascii.h"
#include "text/suggestion.h"
#include "unicode/utf8.h"
#include "validate/rules/rules.h"

namespace cascade::validation {

Findings::Findings(const Switches& switches, std::uint32_t limit)
    : switches_(switches), limit_(limit), counts_(rule_table().size) {}

Diagnostic& Findings::add(std::string_view rule, Location at, std::string message, std::string help) {
  return add(rule, std::nullopt, std::move(at), std::move(message), std::move(help));
}

Diagnostic& Findings::add(std::string_view rule, std::optional<Severity> situation, Location at, std::string message,
                          std::string help) {
  dropped_ = {};
  const Severity severity = switches_.severity(rule, situation);
  if (severity == Severity::off) return dropped_;
  if (const auto number = rule_number(rule)) {
    Count& count = counts_[*number];
    ++count.found;
    // What is graver than all before is kept beyond the limit, or a hundred harmless lines would hide it.
    if (limit_ != 0 && count.kept >= limit_ && severity <= count.worst) return dropped_;
    ++count.kept;
    count.last = found_.size();
    count.worst = std::max(count.worst, severity);
  }
  found_.push_back({severity, std::string(rule), std::move(at), std::move(message), std::move(help), {}, {}, {}});
  return found_.back();
}

bool Findings::has_enough(std::string_view rule) const noexcept {
  const auto number = rule_number(rule);
  if (limit_ == 0 || !number) return false;
  const Count& count = counts_[*number];
  return count.found >= most_looked_for && count.worst >= this->severity(rule);
}

std::vector<Diagnostic> Findings::take() {
  for (const Count& count : counts_)
    if (count.found > count.kept)
      found_[count.last].message += " (and " + std::string(count.found < most_looked_for ? "" : "at least ") +
                                    std::to_string(count.found - count.kept) + " more in this file)";
  return std::move(found_);
}

// What the rules about the whole tree need of one manifest: small facts that are kept in the cache, so that those rules
// run without reading any file again. Whatever they are to know of a file belongs here.
namespace {

using syntax::Node;

// "- ", ": " and a line feed around name and description, as the client counts.
constexpr std::size_t listed_beside_texts = 4;

bool is(const Node* value, std::string_view word) {
  return value != nullptr && letters::equals_lower(letters::trim(value->text), word);
}

void find_itself(const Document& document, ManifestFacts& facts) {
  const std::string_view name = document.manifest()->name;
  const auto look = [&](const Node* value, bool calls) {
    if (value == nullptr) return;
    for (const manifest::Item& item : manifest::items_of(*value, document.lines(), true)) {
      std::string target(item.text);
      if (calls) {
        const auto tool = ToolName::parse(item.text);
        if (!tool || (!client::tool_names::starts_agents(tool->tool) && tool->tool != client::tool_names::skill))
          continue;
        target = tool->pattern;
        if ((tool->tool == client::tool_names::skill) != (facts.role == Role::skill)) continue;
      }
      if (target != name) continue;
      facts.names_itself = true;
      facts.itself_at = document.at(item.at);
    }
  };
  look(document.field("tools"), true);
  look(document.field("allowed-tools"), true);
  const char* own = facts.role == Role::skill ? "skills" : facts.role == Role::agent ? "agents" : "commands";
  look(document.metadata(own), false);
  look(document.metadata(std::string("cascade-") + own), false);
}

void hash_lines(const Document& document, ManifestFacts& facts) {
  const syntax::LineIndex& lines = document.lines();
  for (std::uint32_t line = document.line_of(document.frontmatter().body); line <= lines.lines(); ++line) {
    const std::string_view text = letters::trim(lines.line(line));
    if (text.empty()) continue;
    facts.line_hashes.push_back(hash::hash64(text));
    facts.line_numbers.push_back(line);
  }
}

}  // namespace

ManifestFacts facts_of(const Document& document, bool with_lines) {
  ManifestFacts facts;
  facts.id = document.manifest()->id;
  facts.role = document.role();
  facts.base = document.place().base;
  facts.in_plugin = document.place().in_plugin;
  const Node *name = document.field("name"), *description = document.field("description");
  if (facts.role == Role::skill && is_text(name) && name->text != document.manifest()->name)
    facts.alias = letters::trim(name->text);
  facts.name_at = name == nullptr ? document.at_line(1) : document.at(*name);
  facts.description_at = description == nullptr ? document.at_line(1) : document.at(*document.field_key("description"));
  if (is_text(description)) facts.description = description->text;
  std::size_t shown = unicode::count_code_points(facts.description);
  if (const Node* when = document.field("when_to_use"); is_text(when))
    shown += unicode::count_code_points(when->text) + 3;
  facts.listed =
      unicode::count_code_points(document.manifest()->name) + std::min<std::size_t>(shown, 1536) + listed_beside_texts;
  const Node* closed = document.field("disable-model-invocation");
  facts.for_model = !is(closed, "true") && !is(closed, "yes");
  facts.for_user = !is(document.field("user-invocable"), "false");
  facts.closed_at =
      closed == nullptr ? document.at_line(1) : document.at(*document.field_key("disable-model-invocation"));
  find_itself(document, facts);
  if (with_lines) hash_lines(document, facts);
  return facts;
}

namespace {

constexpr auto table = [] {
  std::array<RuleInfo, std::size(rule_rows::all)> table{};
  std::ranges::transform(rule_rows::all, table.begin(), [](const RuleRow& row) {
    const std::array by_profile{row.standard, row.client, row.cascade, row.install};
    return RuleInfo{row.id, row.slug, by_profile, row.fix, row.condition, row.reason, row.bad, row.good};
  });
  return table;
}();

constexpr std::string_view planned[] = {"BD004", "BD006", "CT007", "CT011", "HK009", "ID008",
                                        "PL010", "PL012", "RF009", "SU003", "TL008", "TL010"};

}  // namespace

bool is_planned(std::string_view id) noexcept { return std::ranges::find(planned, id) != std::end(planned); }

Span<RuleInfo> rule_table() noexcept { return {table.data(), table.size()}; }

std::optional<std::size_t> rule_number(std::string_view id) noexcept {
  const Span<RuleInfo> table = rule_table();
  const RuleInfo* found = std::ranges::lower_bound(table, id, {}, &RuleInfo::id);
  if (found == table.end() || found->id != id) return std::nullopt;
  return static_cast<std::size_t>(found - table.begin());
}

bool names_rule(std::string_view name, const RuleInfo& rule) noexcept {
  if (name == rule.id || name == rule.slug) return true;
  return name == rule.id.substr(0, rule.id.find_first_of("0123456789"));
}

// The profile's severities first, then the settings in their order. A setting for a family does not turn on what the
// profile leaves off; one for a single rule does.
Switches::Switches(const RulePolicy& policy)
    : profile_(parse_profile(policy.profile).value_or(Profile::claude_code)), states_(rule_table().size) {
  const Span<RuleInfo> table = rule_table();
  for (std::size_t i = 0; i < table.size; ++i) states_[i].severity = table[i].severity(profile_);
  for (const RuleSetting& setting : policy.rules) {
    if (const auto number = rule_number(setting.rule)) {
      states_[*number] = {setting.severity, true};
      continue;
    }
    for (std::size_t i = 0; i < table.size; ++i) {
      if (!names_rule(setting.rule, table[i])) continue;
      if (setting.rule != table[i].slug && states_[i].severity == Severity::off) continue;
      states_[i] = {setting.severity, true};
    }
  }
}

bool Switches::runs(std::string_view rule) const noexcept {
  const auto number = rule_number(rule);
  return number && states_[*number].severity != Severity::off;
}

Severity Switches::severity(std::string_view rule, std::optional<Severity> situation) const noexcept {
  const auto number = rule_number(rule);
  if (!number) return situation.value_or(Severity::warning);
  const State& state = states_[*number];
  if (state.set || state.severity == Severity::off) return state.severity;
  return situation.value_or(state.severity);
}

namespace {

using syntax::Node, syntax::NodeKind;

std::size_t keys_of_others(const Node& fields) {
  const std::vector<std::string_view> known = letters::names_of(client_fields());
  std::size_t count = 0;
  for (std::size_t i = 0; i < fields.size(); ++i) {
    const std::string& key = fields.key(i).text;
    count += find_client_field(key) == nullptr && letters::did_you_mean(key, known).empty() ? 1 : 0;
  }
  return count;
}

// Tools that are no other spelling of one of the client's; 0 if one of the tools is the client's, a server's or `*`.
std::size_t tools_of_others(const Document& document, const Node& tools) {
  std::size_t unlike_any = 0;
  for (const manifest::Item& item : manifest::items_of(tools, document.lines(), true)) {
    const auto tool = item.balanced ? ToolName::parse(item.text) : std::nullopt;
    if (!tool || !tool->server.empty() || tool->tool == "*" || client::find_tool(tool->tool) != nullptr) return 0;
    unlike_any += letters::did_you_mean(tool->tool, letters::names_of(client::known_tools())).empty() ? 1 : 0;
  }
  return unlike_any;
}

}  // namespace

bool lists_other_tools(const Document& document, const Node& tools) { return tools_of_others(document, tools) > 0; }

bool is_named_for_another_client(const Document& document) {
  return document.role() == Role::agent && files::stem(document.path()).ends_with(".agent");
}

bool lists_tools_for_several(const Document& document, const Node& tools) {
  constexpr std::size_t most = 64;
  std::vector<std::string> known, unknown;
  for (const manifest::Item& item : manifest::items_of(tools, document.lines(), true)) {
    const auto tool = item.balanced ? ToolName::parse(item.text) : std::nullopt;
    if (!tool || !tool->server.empty() || known.size() + unknown.size() == most) continue;
    (client::find_tool(tool->tool) != nullptr ? known : unknown).push_back(tool->tool);
  }
  const auto is_of_another = [&](const std::string& name) {
    const auto differs_by_case = [&](std::string_view other) { return letters::equals_folded(other, name); };
    return std::ranges::any_of(known, differs_by_case) ||
           (client::is_tool_of_another_client(name) &&
            std::ranges::none_of(letters::names_of(client::known_tools()), differs_by_case));
  };
  return !known.empty() && std::ranges::count_if(unknown, is_of_another) >= 2;
}

bool is_written_for_several(const Document& document) {
  return std::ranges::any_of(tool_fields, [&](std::string_view field) {
    const Node* tools = document.field(field);
    return tools != nullptr && lists_tools_for_several(document, *tools);
  });
}

bool is_misspelt(std::string_view tool) {
  return !client::is_tool_of_another_client(tool) &&
         !letters::did_you_mean(tool, letters::names_of(client::known_tools())).empty();
}

bool is_for_another_client(const Document& document) {
  if (document.role() != Role::agent || document.data().kind != NodeKind::map) return false;
  const Node* tools = document.field("tools");
  if (tools == nullptr) return false;
  const std::size_t others = tools_of_others(document, *tools);
  if (others == 0) return false;
  return is_named_for_another_client(document) || keys_of_others(document.data()) >= (others == 1 ? 2U : 1U);
}

Location at_item(const Document& document, const manifest::Item& item) {
  return {document.path(), item.at.line, item.at.column, item.at.line,
          item.at.column + static_cast<std::uint32_t>(item.text.size())};
}

bool is_about_authoring(const Context& context, const Document& document) {
  std::optional<ManifestView> about = document.manifest();
  if (!about && document.place().skill)
    if (const auto id = context.layout.manifest_at(files::join(*document.place().skill, "SKILL.md")))
      about = context.registry[*id];
  if (about) return manifest::teaches_authoring(about->name, about->description);
  // A skill of another client is in no registry.
  const syntax::Node* said = document.role() == Role::skill ? document.field("description") : nullptr;
  return document.place().skill && manifest::teaches_authoring(files::file_name(*document.place().skill),
                                                               is_text(said) ? said->text : std::string_view());
}

}  // namespace cascade::validation
