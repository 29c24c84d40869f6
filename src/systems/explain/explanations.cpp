#include "explain/explain_range.h"

#include "render/findings.h"
#include "render/parts.h"
#include "unicode/utf8.h"

namespace cascade::rendering {
namespace {

using comprehension::Finding;
using comprehension::Need;
using comprehension::Record;
using comprehension::RecordState;
using comprehension::Report;
using comprehension::Weight;
using syntax::JsonWriter;

std::string place_of_finding(const Finding& finding) {
  return unicode::displayable(finding.path) + ':' + std::to_string(finding.line) +
         (finding.column > 0 ? ':' + std::to_string(finding.column) : std::string());
}

std::string finding_text(const Finding& finding, Paint paint) {
  const bool refused = finding.weight == Weight::refused;
  const auto& rule = comprehension::explain_rule(finding.rule);
  std::string out = paint.bold(place_of_finding(finding)) + ' ' +
                    (refused ? paint.red("refused") : paint.faint("note")) + '[' + std::string(rule.id) + "] " +
                    unicode::displayable(finding.message) + '\n';
  if (refused && !finding.help.empty()) out += "  help: " + unicode::displayable(finding.help) + '\n';
  return out;
}

// "12 changed lines need none: 10 documentation, 2 comments"
std::string exempt_text(const Report& report) {
  std::uint64_t sum = 0;
  std::string each;
  for (std::size_t i = 0; i < comprehension::need_count; ++i) {
    if (static_cast<Need>(i) == Need::needed || static_cast<Need>(i) == Need::record || report.lines[i] == 0) continue;
    sum += report.lines[i];
    each += (each.empty() ? "" : ", ") + std::to_string(report.lines[i]) + ' ' +
            std::string(to_string(static_cast<Need>(i)));
  }
  if (report.renamed > 0) each += (each.empty() ? "" : ", ") + count_of(report.renamed, "renamed file");
  return each.empty() ? std::string() : count_of(sum, "changed line") + " need none: " + each + '\n';
}

std::string report_text(const Report& report, const ExplainForce& force, Paint paint) {
  std::string out;
  for (const Finding& finding : report.findings) out += finding_text(finding, paint);
  if (report.needed == 0) {
    out += "nothing here needs an explanation\n";
  } else {
    out += std::to_string(report.covered) + " of " + count_of(report.needed, "changed line") +
           " that need an explanation have one";
    if (report.waived > 0) out += ", " + std::to_string(report.waived) + " of them waived";
    out += '\n';
  }
  out += exempt_text(report);
  for (const RecordState& state : report.records)
    for (const comprehension::Showing& showing : state.showings)
      if (showing.outcome != comprehension::Shown::not_run)
        out += unicode::displayable(showing.path) + ':' + std::to_string(showing.at) + ": `" +
               unicode::displayable(showing.statement.command) + "` " + std::string(to_string(showing.outcome)) +
               " (status " + std::to_string(showing.exit_without) + " without, " + std::to_string(showing.exit_with) +
               " with)\n";
  for (const RecordState& state : report.records)
    out += unicode::displayable(state.record.path) + ": " +
           (state.refused                  ? paint.red("refused")
            : !state.record.waived.empty() ? paint.yellow("waived")
            : state.live == 0              ? paint.faint("explains nothing here")
                                           : paint.green("good")) +
           ", " + count_of(state.live, "hunk") +
           (state.stale > 0 ? ", " + std::to_string(state.stale) + " stale" : "") + '\n';
  if (report.is_refused() && !force.fails)
    out += "mode " + force.mode + ": this would be refused, and is let through\n";
  return out;
}

void put_lines(JsonWriter& json, const Report& report) {
  json.key("changed").number(report.changed).key("needed").number(report.needed);
  json.key("covered").number(report.covered).key("waived").number(report.waived);
  json.key("lines").begin_object();
  for (std::size_t i = 0; i < comprehension::need_count; ++i)
    json.key(to_string(static_cast<Need>(i))).number(report.lines[i]);
  json.end_object().key("renamed").number(report.renamed);
}

void put_measures(JsonWriter& json, const RecordState& state) {
  json.key("passages").objects(state.passages, [&](const comprehension::PassageMeasure& passage) {
    json.key("name").string(passage.name).key("words").number(passage.words);
    json.key("overlap").number(passage.overlap);
    json.key("overlaps").string(passage.overlaps);
  });
}

void put_showings(JsonWriter& json, const RecordState& state) {
  json.key("shown").objects(state.showings, [&](const comprehension::Showing& showing) {
    json.key("hunk").string(showing.id).key("path").string(showing.path).key("line").number(showing.at);
    json.key("command").string(showing.statement.command).key("text").string(showing.statement.text);
    json.key("outcome").string(key_of(showing.outcome)).key("exit_without").number(showing.exit_without);
    json.key("exit_with").number(showing.exit_with).key("why").string(showing.why);
    json.key("output").string(showing.output);
  });
}

void put_record_state(JsonWriter& json, const RecordState& state) {
  json.begin_object().key("path").string(state.record.path).key("id").string(state.record.id);
  json.key("by").string(state.record.by).key("waived").string(state.record.waived);
  json.key("hunks").number(state.live).key("stale").number(state.stale).key("words").number(state.record.words());
  json.key("overlap").number(state.overlap());
  put_measures(json, state);
  put_showings(json, state);
  json.key("refused").boolean(state.refused).end_object();
}

std::string report_json(const Report& report, const ExplainForce& force) {
  JsonWriter json = document("cascade.explain-check/1");
  json.key("base").string(report.base).key("head").string(report.head);
  json.key("mode").string(force.mode).key("refused").boolean(report.is_refused()).key("fails").boolean(force.fails);
  json.key("assisted").string(report.assisted);
  put_lines(json, report);
  json.key("records").array(report.records, [&](const RecordState& state) { put_record_state(json, state); });
  json.key("earlier").number(report.earlier).key("findings").objects(report.findings, [&](const Finding& finding) {
    const auto& rule = comprehension::explain_rule(finding.rule);
    json.key("rule").string(rule.id).key("slug").string(rule.slug);
    json.key("weight").string(finding.weight == Weight::refused ? "refused" : "note");
    json.key("path").string(finding.path).key("line").number(finding.line).key("record").string(finding.record);
    json.key("message").string(finding.message).key("help").string(finding.help);
  });
  return finish(json);
}

FindingsContext findings_context(std::string_view version) {
  FindingsContext context;
  context.version = version;
  context.profile = "cascade";
  for (const auto& rule : comprehension::explain_rules())
    context.more_rules.push_back({rule.id, rule.slug, rule.condition});
  return context;
}

}  // namespace

std::vector<Diagnostic> diagnostics_of(const Report& report) {
  std::vector<Diagnostic> all;
  for (const Finding& finding : report.findings) {
    Diagnostic& one = all.emplace_back();
    one.severity = finding.weight == Weight::refused ? Severity::error : Severity::info;
    one.rule = finding.rule;
    one.at.path = finding.path;
    one.at.line = one.at.end_line = finding.line;
    one.message = finding.message;
    one.help = finding.help;
    one.fingerprint = std::string(finding.rule) + ':' + finding.path + ':' + finding.message;
  }
  return all;
}

Result<std::string> explain_report(const Report& report, const ExplainForce& force, std::string_view version,
                                   Format format, Paint paint) {
  if (format == Format::text) return report_text(report, force, paint);
  if (format == Format::json) return report_json(report, force);
  const FindingsContext context = findings_context(version);
  if (format == Format::sarif) return findings_sarif(diagnostics_of(report), context);
  if (format == Format::github) {
    std::string out = findings_github(diagnostics_of(report), context);  // its last line counts manifests
    out.erase(out.size() < 2 ? 0 : out.rfind('\n', out.size() - 2) + 1);
    return out + std::to_string(report.covered) + " of " + count_of(report.needed, "changed line") +
           " that need an explanation have one\n";
  }
  return no_format("explain check", format);
}

Result<std::string> explain_list(const std::vector<Record>& records, Format format, Paint paint) {
  if (format == Format::json) {
    JsonWriter json = document("cascade.explain-list/1");
    json.key("records").objects(records, [&](const Record& record) {
      json.key("id").string(record.id).key("path").string(record.path).key("by").string(record.by);
      json.key("assisted").string(record.assisted).key("waived").string(record.waived);
      json.key("hunks").number(record.hunks.size()).key("words").number(record.words());
      if (record.seconds)
        json.key("seconds").number(*record.seconds);
      else
        json.key("seconds").null();
      json.key("reviews").number(record.reviews.size()).key("faults").number(record.faults.size());
    });
    return finish(json);
  }
  if (format != Format::text) return no_format("explain list", format);
  TextTable table;
  table.column("record");
  table.columns({"hunks", "words", "seconds", "reviews"}, Align::right);
  table.column("by");
  for (const Record& record : records)
    table.row({unicode::displayable(record.id), std::to_string(record.hunks.size()), std::to_string(record.words()),
               record.seconds ? std::to_string(*record.seconds) : "-", std::to_string(record.reviews.size()),
               unicode::displayable(record.waived.empty() ? record.by : "waived: " + record.waived)});
  return records.empty() ? "there are no explanations here\n" : table.take(paint);
}

}  // namespace cascade::rendering
