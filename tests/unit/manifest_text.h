// Manifests as text in, what was read as text out.
#pragma once

#include <cascade/manifest.h>

#include <algorithm>
#include <string>
#include <string_view>

namespace cascade::test {

inline Manifest parse(Kind kind, std::string_view path, std::string_view text, std::string_view plugin = "",
                      std::string_view component = "") {
  ManifestSource source;
  source.kind = kind;
  source.path = path;
  source.text = text;
  source.plugin = plugin;
  source.component = component;
  return parse_manifest(source, TokenCounter::estimating());
}

inline Manifest skill(std::string_view text) {
  return parse(Kind::skill, "skills/review/SKILL.md", text, "", "skills");
}
inline Manifest agent(std::string_view text) { return parse(Kind::agent, "agents/linter.md", text, "", "agents"); }
inline Manifest command(std::string_view text) {
  return parse(Kind::command, "commands/ship.md", text, "", "commands");
}

inline std::string place(const Location& at) { return std::to_string(at.line) + ':' + std::to_string(at.column); }

// "agent:linter@3:10"; a '?' instead of the kind where the text does not tell it.
inline std::string shown(const Reference& reference) {
  const std::string symbol = reference.kind_known ? to_string(reference.target) : "?:" + reference.target.name;
  return symbol + '@' + place(reference.at);
}

inline std::string references(const Manifest& manifest) {
  std::string out;
  for (const Reference& reference : manifest.references) out += (out.empty() ? "" : " ") + shown(reference);
  return out;
}
inline std::string references(std::string_view text) { return references(skill(text)); }

// "invoked task agent:linter", one a line, without places.
inline std::string uses(const Manifest& manifest) {
  std::string out;
  for (const Reference& reference : manifest.references) {
    const std::string symbol = reference.kind_known ? to_string(reference.target) : "?:" + reference.target.name;
    out += (out.empty() ? "" : "\n") + std::string(to_string(reference.strength)) + ' ' +
           std::string(to_string(reference.via)) + ' ' + symbol;
  }
  return out;
}
// Of a body without front matter.
inline std::string uses(std::string_view body) { return uses(skill(body)); }

// "FM004@3:14 FM006@1:0"
inline std::string problems(const Manifest& manifest) {
  std::string out;
  for (const Diagnostic& problem : manifest.problems)
    out += (out.empty() ? "" : " ") + problem.rule + '@' + place(problem.at);
  return out;
}

template <typename Range>
std::string joined(const Range& range) {
  std::string out;
  for (const std::string& text : range) out += (out.empty() ? "" : " | ") + text;
  return out;
}

inline std::string tools(const Manifest& manifest) {
  std::string out;
  for (const ToolName& tool : manifest.tools) out += (out.empty() ? "" : " ") + to_string(tool);
  return out;
}

}  // namespace cascade::test
