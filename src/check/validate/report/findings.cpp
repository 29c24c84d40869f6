// Writes cascade.validate/1 (docs/formats/validate.md): counts first, then every finding with its fix as edits at byte
// offsets. A line or column that is not known is null.
#include "validate/report/findings.h"

#include <algorithm>
#include <array>
#include <optional>

#include "secrets/find.h"
#include "syntax/put.h"
#include "text/names.h"
#include "unicode/utf8.h"

namespace cascade::rendering {
namespace {

// A line or column; null where it is not known.
std::optional<std::uint32_t> known(std::uint32_t number) { return number == 0 ? std::nullopt : std::optional(number); }

void put_fix(syntax::JsonWriter& json, const std::optional<Fix>& fix) {
  json.key("fix");
  if (!fix) {
    json.null();
    return;
  }
  put(json.begin_object(), "safety", fix->safe ? "safe" : "unsafe");
  json.key("edits").objects(fix->edits, [&](const Edit& edit) {
    put(json, "path", edit.path, "offset", edit.offset, "length", edit.length, "text", edit.text);
  });
  json.end_object();
}

std::string_view slug_of(std::string_view id) {
  const RuleInfo* rule = find_rule(id);
  return rule == nullptr ? std::string_view() : rule->slug;
}

void put_finding(syntax::JsonWriter& json, const Diagnostic& finding) {
  const Location& at = finding.at;
  put(json, "rule", finding.rule, "slug", slug_of(finding.rule), "severity", finding.severity, "path", at.path);
  put(json, "line", known(at.line), "column", known(at.column), "end_line", known(at.end_line), "end_column",
      known(at.end_column), "message", finding.message, "help", finding.help);
  json.key("related").objects(finding.related, [&](const Related& other) {
    put(json, "path", other.at.path, "line", known(other.at.line), "column", known(other.at.column), "message",
        other.message);
  });
  put_fix(json, finding.fix);
  put(json, "fingerprint", finding.fingerprint);
}

// Findings for people. Up to a dozen are shown one by one with their lines. Of more, a table of the rules comes first,
// then one excerpt for each cause, because the same fault in a hundred files should not hide another one: a few
// excerpts of a rule, then short lines, then a count of what was left out.

// `error[RF001] agent-unresolved: ...`
std::string heading(const Diagnostic& finding, Paint paint) {
  const std::string level = std::string(to_string(finding.severity)) + "[" + finding.rule + "]";
  std::string text = finding.severity == Severity::error     ? paint.red(level)
                     : finding.severity == Severity::warning ? paint.yellow(level)
                                                             : paint.blue(level);
  if (const RuleInfo* rule = find_rule(finding.rule)) text += " " + std::string(rule->slug);
  return text + ": " + unicode::displayable(finding.message) + "\n";
}

// Keeps the last file, so that a file with many findings is read and split into lines only once.
class LastFile {
 public:
  explicit LastFile(const FindingsContext& context) : context_(context) {}

  const syntax::LineIndex& lines(const std::string& path) {
    if (!lines_ || path != path_) {
      path_ = path;
      text_ = secrets::masked(context_.read ? context_.read(path).value_or(std::string()) : std::string());
      lines_.emplace(text_);
    }
    return *lines_;
  }

 private:
  const FindingsContext& context_;
  std::string path_, text_;
  std::optional<syntax::LineIndex> lines_;
};

// One line for each rule: findings, files, severity, rule, slug.
std::string rule_counts_text(const std::vector<Diagnostic>& found, Paint paint) {
  TextTable table;
  table.columns({"FINDINGS", "FILES"}, Align::right);
  table.columns({"SEVERITY", "RULE", "WHAT"});
  for (const RuleCount& count : count_rules(found))
    table.row({std::to_string(count.findings), std::to_string(count.files), std::string(to_string(count.severity)),
               count.rule, std::string(slug_of(count.rule))});
  return table.take(paint);
}

// Up to this many findings are shown one by one, as a compiler would.
constexpr std::size_t few = 12;
// If there are more, each cause is shown once: for each rule this many causes with their lines and this many more on
// one line each, and for each cause this many other places.
constexpr std::size_t excerpts_of_a_rule = 3, lines_of_a_rule = 12, places_of_a_cause = 4;

std::string finding_text(const Diagnostic& finding, LastFile& file, Paint paint) {
  const std::string margin(std::to_string(finding.at.line).size() + 1, ' ');
  std::string out = heading(finding, paint);
  out += " " + paint.blue("-->") + " " + place_of(finding.at) + "\n";
  out += excerpt(file.lines(finding.at.path), finding.at, paint);
  for (const Related& other : finding.related)
    out += margin + " " + paint.blue("=") + " see " + place_of(other.at) +
           (other.message.empty() ? "" : ": " + unicode::displayable(other.message)) + "\n";
  if (!finding.help.empty())
    out += margin + " " + paint.blue("=") + " help: " + unicode::displayable(finding.help) + "\n";
  return out;
}

std::string other_places(const std::vector<Diagnostic>& found, const Cause& cause, Paint paint) {
  if (cause.members.size() < 2) return {};
  std::string out = "  " + paint.blue("=") + " and at " + count_of(cause.members.size() - 1, "other place") + ":";
  for (std::size_t i = 1; i < std::min(cause.members.size(), places_of_a_cause + 1); ++i)
    out += (i == 1 ? " " : ", ") + place_of(found[cause.members[i]].at);
  if (cause.members.size() > places_of_a_cause + 1) out += ", ...";
  return out + "\n";
}

std::string causes_text(const std::vector<Diagnostic>& found, LastFile& file, Paint paint) {
  std::string out, rule;
  std::size_t of_rule = 0, left_out = 0, all_left_out = 0;
  const auto close_rule = [&] {
    if (left_out != 0) out += "  and " + count_of(left_out, "more finding") + " of " + rule + "\n";
    if (of_rule > excerpts_of_a_rule) out += "\n";
    all_left_out += left_out;
    left_out = of_rule = 0;
  };
  for (const Cause& cause : causes_of(found)) {
    const Diagnostic& first = found[cause.members.front()];
    if (first.rule != rule) close_rule();
    rule = first.rule;
    ++of_rule;
    if (of_rule <= excerpts_of_a_rule) {
      out += finding_text(first, file, paint) + other_places(found, cause, paint) + "\n";
    } else if (of_rule <= excerpts_of_a_rule + lines_of_a_rule) {
      out += "  " + place_of(first.at) + ": " + unicode::displayable(first.message) +
             (cause.members.size() > 1 ? " (" + std::to_string(cause.members.size()) + " times)" : "") + "\n";
    } else {
      left_out += cause.members.size();
    }
  }
  close_rule();
  if (all_left_out != 0)
    out += count_of(all_left_out, "finding") + " left out; --all shows each, --format json has them all\n\n";
  return out;
}

// Shows the rules from their table, so that `--explain`, `--list-rules` and docs/rules.md never differ.

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
  return letters::joined(profiles, ", ", [&](Profile profile) {
    return std::string(to_string(profile)) + " " + std::string(to_string(rule.severity(profile)));
  });
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
    put(json, "id", rule.id, "slug", rule.slug);
    put_object(json, "severity", [&] {
      for (const Profile profile : profiles) put(json, to_string(profile), rule.severity(profile));
    });
    put(json, "fix", rule.fix, "condition", rule.condition, "reason", rule.reason, "bad", rule.bad, "good", rule.good);
  });
  return finish(json);
}

// Characters that would start markup outside of code; `_` does so only next to a blank.
std::string escaped(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    const bool inside = c == '_' && i > 0 && i + 1 < text.size() && text[i - 1] != ' ' && text[i + 1] != ' ';
    if (std::string_view("<*[]`#!_").find(c) != std::string_view::npos && !inside) out += '\\';
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
  const auto said = [&](Profile profile) { return to_string(rule.severity(profile)); };
  const std::array before_install = {Profile::agent_skills, Profile::claude_code, Profile::cascade};
  const std::string_view first = said(Profile::agent_skills);
  if (!std::ranges::all_of(before_install, [&](Profile profile) { return said(profile) == first; }))
    return letters::joined(before_install, "/", said);
  const bool is_off = rule.severity(Profile::agent_skills) == Severity::off;
  return is_off ? "install: " + std::string(said(Profile::install)) : std::string(first);
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
      if (const Family* known = letters::find_first(families, &Family::letters, family))
        out.append("\n## ").append(family).append(": ").append(known->title).append("\n");
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

std::string findings_json(const std::vector<Diagnostic>& found, const FindingsContext& context) {
  const SeverityCounts counts = count_severities(found);
  syntax::JsonWriter json = document("cascade.validate/1");
  put_object(json, "tool", "name", "cascade", "version", context.version);
  put(json, "profile", context.profile);
  const Checked& checked = context.checked;
  put_object(json, "checked", "skills", checked.skills, "agents", checked.agents, "commands", checked.commands,
             "documents", checked.documents, "hooks", checked.hooks, "plugins", checked.plugins);
  put_object(json, "summary", [&] {
    put(json, "error", counts.error, "warning", counts.warning, "info", counts.info, "suppressed", context.suppressed,
        "baselined", context.baselined);
    if (context.earlier) put(json, "earlier", *context.earlier);
  });
  json.key("statistics").objects(count_rules(found), [&](const RuleCount& count) {
    put(json, "rule", count.rule, "slug", slug_of(count.rule), "severity", count.severity, "findings", count.findings,
        "files", count.files);
  });
  json.key("findings").objects(found, [&](const Diagnostic& finding) { put_finding(json, finding); });
  return finish(json);
}

std::string findings_text(const std::vector<Diagnostic>& found, const FindingsContext& context, Paint paint) {
  const std::string summary = findings_summary(found, context) + "\n";
  if (context.extent == Extent::counts)
    return found.empty() ? summary : rule_counts_text(found, paint) + "\n" + summary;
  std::string out;
  LastFile file(context);
  if (context.extent == Extent::causes && found.size() > few)
    return rule_counts_text(found, paint) + "\n" + causes_text(found, file, paint) + summary;
  for (const Diagnostic& finding : found) out += finding_text(finding, file, paint) + "\n";
  return out + summary;
}

FindingsContext context_of(const Checkup& checkup) {
  FindingsContext context;
  context.profile = checkup.profile();
  context.checked = checkup.validation().checked;
  context.suppressed = checkup.validation().suppressed;
  context.baselined = checkup.baselined();
  context.earlier = checkup.earlier();
  context.catalogue = {find_rule, parse_profile};
  context.read = [&checkup](const std::string& path) { return checkup.read(path); };
  return context;
}

Result<std::string> findings(const std::vector<Diagnostic>& found, const FindingsContext& context, Format format,
                             Paint paint) {
  switch (format) {
    case Format::text: return findings_text(found, context, paint);
    case Format::json: return findings_json(found, context);
    case Format::sarif: return findings_sarif(found, context);
    case Format::github: return findings_github(found, context);
    default: return no_format("validate", format);
  }
}

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
