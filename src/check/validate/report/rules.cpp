// Shows the rules from their table, so that `--explain`, `--list-rules` and docs/rules.md never differ.
#include "validate/report/rules.h"

#include "render/parts.h"

#include <algorithm>
#include <array>
#include <vector>

namespace cascade::rendering {
namespace {

constexpr std::array<Profile, 4> profiles = {Profile::agent_skills, Profile::claude_code, Profile::cascade,
                                             Profile::install};

// The letters of an id, and what the rules with them are about.
struct Family {
  std::string_view letters, title;
};
constexpr Family families[] = {{"BD", "Sizes and budgets"},
                               {"CT", "Bodies, links and paths"},
                               {"DQ", "Descriptions"},
                               {"FM", "Front matter"},
                               {"HK", "Hooks"},
                               {"ID", "Names and places"},
                               {"PB", "Playbooks"},
                               {"PL", "Plugins and marketplaces"},
                               {"RF", "References"},
                               {"SEC", "Security"},
                               {"SU", "Suppressions"},
                               {"TL", "Tools and servers"}};

std::string_view family_of(const RuleInfo& rule) { return rule.id.substr(0, rule.id.find_first_of("0123456789")); }

std::string severities(const RuleInfo& rule) {
  std::string text;
  for (const Profile profile : profiles)
    text.append(text.empty() ? "" : ", ")
        .append(to_string(profile))
        .append(" ")
        .append(to_string(rule.severity(profile)));
  return text;
}

// Security rules need a reason and cannot be silenced in the file itself; nor can TL005, TL006 and the rules about
// suppressions.
std::string silencing(const RuleInfo& rule) {
  const std::string id(rule.id);
  const std::string configured = "rules: { " + id + ": off } or ignore: [{ path: ..., rules: [" + id + "]";
  if (family_of(rule) == "SEC") return "in cascade.yaml: " + configured + ", reason: ... }]";
  const std::string off = "in cascade.yaml: " + configured + " }]";
  if (family_of(rule) == "SU" || rule.id == "TL005" || rule.id == "TL006") return off;
  return off + "; in the file: <!-- cascade-ignore " + id + " -- why --> for this line and the next";
}

// The profile that a user of the rule begins with.
Profile first_profile_of(const RuleInfo& rule) {
  for (const Profile profile : {Profile::claude_code, Profile::cascade})
    if (rule.severity(profile) != Severity::off) return profile;
  return Profile::install;
}

std::string list_text() {
  std::string out;
  for (const RuleInfo& rule : rules()) {
    std::string slug(rule.slug);
    slug.resize(std::max<std::size_t>(slug.size(), 26), ' ');
    std::string id(rule.id);
    id.resize(7, ' ');
    const Profile shown = first_profile_of(rule);
    out += id + slug + std::string(to_string(rule.severity(shown)));
    out += shown == Profile::claude_code ? "\n" : " (profile " + std::string(to_string(shown)) + ")\n";
  }
  return out;
}

std::string list_json() {
  syntax::JsonWriter json = document("cascade.rules/1");
  json.key("rules").objects(rules(), [&](const RuleInfo& rule) {
    json.key("id").string(rule.id);
    json.key("slug").string(rule.slug);
    json.key("severity").begin_object();
    for (const Profile profile : profiles) json.key(to_string(profile)).string(to_string(rule.severity(profile)));
    json.end_object();
    json.key("fix").string(to_string(rule.fix));
    json.key("condition").string(rule.condition);
    json.key("reason").string(rule.reason);
    json.key("bad").string(rule.bad);
    json.key("good").string(rule.good);
  });
  return finish(json);
}

// Characters that would start markup outside of code; `_` does so only next to a blank.
std::string escaped(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    const bool inside = c == '_' && i > 0 && i + 1 < text.size() && text[i - 1] != ' ' && text[i + 1] != ' ';
    if ((std::string_view("<*[]`#!_").find(c) != std::string_view::npos) && !inside) out += '\\';
    out += c;
  }
  return out;
}

// A code span; with a backquote in the text it needs two around it.
std::string code(std::string_view text) {
  return text.find('`') == std::string_view::npos ? "`" + std::string(text) + "`" : "`` " + std::string(text) + " ``";
}

// "error", or what the profiles before `install` say: "off/warning/error". "install: error" for a rule of that one
// alone.
std::string severities_in_short(const RuleInfo& rule) {
  std::vector<std::string_view> words;
  for (const Profile profile : profiles) words.push_back(to_string(rule.severity(profile)));
  const std::string_view install = words.back();
  words.pop_back();
  std::string text(words.front());
  if (words[1] == words[0] && words[2] == words[0])
    return rule.severity(profiles[0]) == Severity::off ? "install: " + std::string(install) : text;
  for (std::size_t i = 1; i < words.size(); ++i) text.append("/").append(words[i]);
  return text;
}

constexpr std::string_view page_head = R"(# Rules

Written by `cascade validate --list-rules --format markdown`. Each rule says what it finds and *why that matters*, and has an
example of `what is wrong` → `what is right`, its severity (in the profiles agent-skills/claude-code/cascade, if they
differ; in `install` the rules SEC run) and the kind of fix that `--fix` makes. How findings are weighed, silenced and printed: [validation.md](validation.md).
)";

std::string list_markdown() {
  std::string out(page_head);
  std::string_view family;
  for (const RuleInfo& rule : rules()) {
    if (family_of(rule) != family) {
      family = family_of(rule);
      for (const Family& known : families)
        if (known.letters == family) out.append("\n## ").append(family).append(": ").append(known.title).append("\n");
    }
    out.append("\n### ").append(rule.id).append(" ").append(rule.slug).append("\n");
    out.append(escaped(rule.condition)).append(" *").append(escaped(rule.reason)).append("* ");
    out.append(code(rule.bad)).append(" → ").append(code(rule.good)).append(" (").append(severities_in_short(rule));
    if (rule.fix != FixKind::none) out.append("; fix: ").append(to_string(rule.fix));
    out.append(")\n");
  }
  return out;
}

}  // namespace

std::string rule_text(const RuleInfo& rule) {
  std::string out = std::string(rule.id) + " " + std::string(rule.slug) + "\n\n";
  out.append(rule.condition).append("\n\n");
  out.append("why       ").append(rule.reason).append("\n");
  out.append("bad       ").append(rule.bad).append("\n");
  out.append("good      ").append(rule.good).append("\n");
  out.append("severity  ").append(severities(rule)).append("\n");
  out.append("fix       ").append(to_string(rule.fix)).append("\n");
  out.append("silence   ").append(silencing(rule)).append("\n");
  return out;
}

Result<std::string> rule_list(Format format) {
  switch (format) {
    case Format::text: return list_text();
    case Format::json: return list_json();
    case Format::markdown: return list_markdown();
    default: return no_format("the list of rules", format);
  }
}

}  // namespace cascade::rendering
