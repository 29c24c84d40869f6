#include "explain/explain_range.h"

#include "render/findings.h"
#include "syntax/put.h"
#include "unicode/utf8.h"

namespace cascade::rendering {
namespace {

using comprehension::Finding, comprehension::Need, comprehension::Record, comprehension::RecordState,
    comprehension::Report, comprehension::Weight, syntax::JsonWriter;

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

// "8 of 12 changed lines that need an explanation have one, 4 are in a record that is refused"
std::string covered_text(const Report& report) {
  std::string text = std::to_string(report.covered - report.in_refused) + " of " +
                     count_of(report.needed, "changed line") + " that need an explanation have one";
  if (report.waived > 0) text += ", " + std::to_string(report.waived) + " of them waived";
  if (report.in_refused > 0) text += ", " + std::to_string(report.in_refused) + " are in a record that is refused";
  return text + '\n';
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
  out += report.needed == 0 ? "nothing here needs an explanation\n" : covered_text(report);
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

void put_record_state(JsonWriter& json, const RecordState& state) {
  unsigned overlap = 0;  // the most of one passage
  for (const auto& passage : state.passages) overlap = std::max(overlap, passage.overlap);
  put(json.begin_object(), "path", state.record.path, "id", state.record.id, "by", state.record.by, "waived",
      state.record.waived, "hunks", state.live, "stale", state.stale, "words", state.record.words(), "overlap",
      overlap);
  json.key("passages").objects(state.passages, [&](const comprehension::PassageMeasure& passage) {
    put(json, "name", passage.name, "words", passage.words, "overlap", passage.overlap, "overlaps", passage.overlaps);
  });
  json.key("shown").objects(state.showings, [&](const comprehension::Showing& showing) {
    put(json, "hunk", showing.id, "path", showing.path, "line", showing.at, "command", showing.statement.command,
        "text", showing.statement.text, "outcome", key_of(showing.outcome), "exit_without", showing.exit_without,
        "exit_with", showing.exit_with, "why", showing.why, "output", showing.output);
  });
  put(json, "refused", state.refused).end_object();
}

std::string report_json(const Report& report, const ExplainForce& force) {
  JsonWriter json = document("cascade.explain-check/1");
  put(json, "base", report.base, "head", report.head, "mode", force.mode, "refused", report.is_refused(), "fails",
      force.fails, "assisted", report.assisted);
  put(json, "changed", report.changed, "needed", report.needed, "covered", report.covered, "waived", report.waived);
  json.key("lines").begin_object();
  for (std::size_t i = 0; i < comprehension::need_count; ++i)
    put(json, to_string(static_cast<Need>(i)), report.lines[i]);
  put(json.end_object(), "renamed", report.renamed);
  json.key("records").array(report.records, [&](const RecordState& state) { put_record_state(json, state); });
  put(json, "earlier", report.earlier).key("findings").objects(report.findings, [&](const Finding& finding) {
    const auto& rule = comprehension::explain_rule(finding.rule);
    put(json, "rule", rule.id, "slug", rule.slug, "weight", finding.weight == Weight::refused ? "refused" : "note",
        "path", finding.path, "line", finding.line, "record", finding.record, "message", finding.message, "help",
        finding.help);
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

// The findings as the other writers of findings take them.
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

}  // namespace

std::string explain_report(const Report& report, const ExplainForce& force, std::string_view version, Format format,
                           Paint paint) {
  if (format == Format::text) return report_text(report, force, paint);
  if (format == Format::json) return report_json(report, force);
  const FindingsContext context = findings_context(version);
  if (format == Format::sarif) return findings_sarif(diagnostics_of(report), context);
  std::string out = findings_github(diagnostics_of(report), context);  // its last line counts manifests
  out.erase(out.size() < 2 ? 0 : out.rfind('\n', out.size() - 2) + 1);
  return out + covered_text(report);
}

std::string explain_list(const std::vector<Record>& records, Format format, Paint paint) {
  if (format == Format::json) {
    JsonWriter json = document("cascade.explain-list/1");
    json.key("records").objects(records, [&](const Record& record) {
      put(json, "id", record.id, "path", record.path, "by", record.by, "assisted", record.assisted, "waived",
          record.waived, "hunks", record.hunks.size(), "words", record.words(), "seconds", record.seconds, "reviews",
          record.reviews.size(), "faults", record.faults.size());
    });
    return finish(json);
  }
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
