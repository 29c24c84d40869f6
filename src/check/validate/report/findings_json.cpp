// Writes cascade.validate/1 (docs/formats/validate.md): counts first, then every finding with its fix as edits at byte
// offsets. A line or column that is not known is null.
#include "validate/report/findings.h"

#include "render/parts.h"

namespace cascade::rendering {
namespace {

// null for an unknown number.
void put_number(syntax::JsonWriter& json, std::string_view key, std::uint32_t number) {
  json.key(key);
  if (number == 0) {
    json.null();
  } else {
    json.number(number);
  }
}

void put_fix(syntax::JsonWriter& json, const std::optional<Fix>& fix) {
  json.key("fix");
  if (!fix) {
    json.null();
    return;
  }
  json.begin_object();
  json.key("safety").string(fix->safe ? "safe" : "unsafe");
  json.key("edits").objects(fix->edits, [&](const Edit& edit) {
    json.key("path").string(edit.path);
    json.key("offset").number(edit.offset);
    json.key("length").number(edit.length);
    json.key("text").string(edit.text);
  });
  json.end_object();
}

void put_finding(syntax::JsonWriter& json, const Diagnostic& finding) {
  const RuleInfo* rule = find_rule(finding.rule);
  json.begin_object();
  json.key("rule").string(finding.rule);
  json.key("slug").string(rule == nullptr ? std::string_view() : rule->slug);
  json.key("severity").string(to_string(finding.severity));
  json.key("path").string(finding.at.path);
  put_number(json, "line", finding.at.line);
  put_number(json, "column", finding.at.column);
  put_number(json, "end_line", finding.at.end_line);
  put_number(json, "end_column", finding.at.end_column);
  json.key("message").string(finding.message);
  json.key("help").string(finding.help);
  json.key("related").objects(finding.related, [&](const Related& other) {
    json.key("path").string(other.at.path);
    put_number(json, "line", other.at.line);
    put_number(json, "column", other.at.column);
    json.key("message").string(other.message);
  });
  put_fix(json, finding.fix);
  json.key("fingerprint").string(finding.fingerprint);
  json.end_object();
}

}  // namespace

std::string findings_json(const std::vector<Diagnostic>& found, const FindingsContext& context) {
  const SeverityCounts counts = count_severities(found);
  syntax::JsonWriter json = document("cascade.validate/1");
  json.key("tool").begin_object();
  json.key("name").string("cascade");
  json.key("version").string(context.version);
  json.end_object();
  json.key("profile").string(context.profile);
  json.key("checked").begin_object();
  json.key("skills").number(context.checked.skills);
  json.key("agents").number(context.checked.agents);
  json.key("commands").number(context.checked.commands);
  json.key("documents").number(context.checked.documents);
  json.key("hooks").number(context.checked.hooks);
  json.key("plugins").number(context.checked.plugins);
  json.end_object();
  json.key("summary").begin_object();
  json.key("error").number(counts.error);
  json.key("warning").number(counts.warning);
  json.key("info").number(counts.info);
  json.key("suppressed").number(context.suppressed);
  json.key("baselined").number(context.baselined);
  if (context.earlier) json.key("earlier").number(*context.earlier);
  json.end_object();
  json.key("statistics").objects(count_rules(found), [&](const RuleCount& count) {
    const RuleInfo* rule = find_rule(count.rule);
    json.key("rule").string(count.rule);
    json.key("slug").string(rule == nullptr ? std::string_view() : rule->slug);
    json.key("severity").string(to_string(count.severity));
    json.key("findings").number(count.findings);
    json.key("files").number(count.files);
  });
  json.key("findings").array(found, [&](const Diagnostic& finding) { put_finding(json, finding); });
  return finish(json);
}

}  // namespace cascade::rendering
