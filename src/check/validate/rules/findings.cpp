// Counts the findings of each rule in a file, and keeps as many as the limit allows: a generated file would otherwise
// bury all others. The last one that is kept says how many there were.
#include "validate/rules/findings.h"

#include <algorithm>

#include "client/names.h"
#include "hash/content_hash.h"
#include "manifest/fields.h"
#include "text/ascii.h"
#include "unicode/utf8.h"
#include "validate/reading/plugins.h"
#include "validate/rules/table.h"

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
    if (limit_ != 0 && count.found > limit_) return dropped_;
    count.last = found_.size();
  }
  Diagnostic found;
  found.severity = severity;
  found.rule = rule;
  found.at = std::move(at);
  found.message = std::move(message);
  found.help = std::move(help);
  found_.push_back(std::move(found));
  return found_.back();
}

std::vector<Diagnostic> Findings::take() {
  for (const Count& count : counts_)
    if (limit_ != 0 && count.found > limit_)
      found_[count.last].message += " (and " + std::to_string(count.found - limit_) + " more in this file)";
  counts_.assign(counts_.size(), {});
  return std::move(found_);
}

// What the rules about the whole tree need of one manifest: small facts that are kept in the cache, so that those rules
// run without reading any file again. Whatever they are to know of a file belongs here.
namespace {

using syntax::Node;

constexpr std::size_t listed_beside_texts =
    4;  // "- ", ": " and a line feed around name and description, as the client counts

bool is(const Node* value, std::string_view word) {
  return value != nullptr && letters::equals_lower(letters::trim(value->text), word);
}

// Finds references of a manifest to its own name.
void find_itself(const Document& document, ManifestFacts& facts) {
  const std::string_view name = document.manifest()->name;
  const auto look = [&](const Node* value, bool calls) {
    if (value == nullptr || value->kind == syntax::NodeKind::map) return;
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
      facts.itself_at = document.at_line(item.at.line);
      facts.itself_at.column = item.at.column;
    }
  };
  look(document.field("tools"), true);
  look(document.field("allowed-tools"), true);
  const Node* metadata = document.field("metadata");
  if (!is_map(metadata)) return;
  const char* own = facts.role == Role::skill ? "skills" : facts.role == Role::agent ? "agents" : "commands";
  look(metadata->find(own), false);
  look(metadata->find(std::string("cascade-") + own), false);
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

}  // namespace cascade::validation
