// Explanations of changes: files that people write, bound to the hunks that they are about. (`cascade why` explains a
// bundle, which is another thing.)
#include <memory>

#include "cli/console.h"
#include "confined/confined.h"
#include "explain/explain_range.h"
#include "files/atomic_write.h"
#include "files/folder.h"
#include "files/paths.h"
#include "files/tree.h"
#include "git/words.h"
#include "render/findings.h"
#include "scores/scores.h"
#include "syntax/lines.h"
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

// Formats text, json (cascade.explain-check/1), sarif, github.
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

// Formats text and json (cascade.explain-list/1).
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

}  // namespace
}  // namespace cascade::rendering

namespace cascade::cli {
namespace {

using comprehension::Record;

constexpr std::size_t most_hook_input = std::size_t{16} << 20;

using comprehension::ChangedFile, comprehension::Hunk, comprehension::Ran, comprehension::Showing, comprehension::Shown;

constexpr std::uint64_t largest_file = std::uint64_t{64} << 20;
constexpr std::size_t kept_output = std::size_t{1} << 20, shown_output = 2'000;

// Packages that a tool has installed in the work tree, and that no commit has.
constexpr std::string_view installed[] = {"node_modules", ".venv", "venv", "vendor", ".bundle", "deps"};

std::string_view lines_of(const syntax::LineIndex& index, std::uint32_t at, std::uint32_t lines) {
  const std::size_t begin = index.start(at), end = index.start(at + lines);
  return index.text().substr(begin, end - begin);
}

// The file with the hunk's lines as they were before. Of a hunk without lines on one side, git names the line before.
Result<std::string> without_hunk(const std::string& before, const std::string& after, const Hunk& hunk) {
  const syntax::LineIndex old_lines(before), new_lines(after);
  const std::uint32_t at = hunk.new_lines > 0 ? hunk.new_at : hunk.new_at + 1;
  const std::size_t begin = new_lines.start(at), end = new_lines.start(at + hunk.new_lines);
  for (std::size_t i = 0; i < hunk.added.size(); ++i)
    if (!new_lines.line(at + static_cast<std::uint32_t>(i)).starts_with(hunk.added[i]))
      return Error{ErrorCode::malformed, "the hunk is not where it should be", "", "its file may be converted by git"};
  std::string removed(lines_of(old_lines, hunk.old_at, hunk.old_lines));
  std::string text = after.substr(0, begin);
  if (!removed.empty() && removed.back() != '\n' && end < after.size()) removed += '\n';
  if (!removed.empty() && !text.empty() && text.back() != '\n') text += '\n';
  return text + removed + after.substr(end);
}

// Nothing: there is no such file.
Result<std::optional<std::string>> text_below(const std::string& root, const std::string& path) {
  const files::DiskTree disk;
  auto text = disk.read_below(root, path, largest_file);
  if (text) return std::optional(*std::move(text));
  if (text.error().code == ErrorCode::not_found) return std::optional<std::string>();
  return text.error();
}

bool is_executable(const std::string& path) {
  const auto stamp = files::DiskTree().stat(path);
  return stamp && stamp->executable;
}

// Takes hunks out in throwaway work trees and runs there what their authors say would fail. Both trees are written anew
// from the commits for each statement, so that nothing that an earlier command left behind is there, and each command
// runs confined as `audit --run` confines it.
class HunkRunner {
 public:
  // `is_allowed`: --yes. `seconds`: for one command.
  HunkRunner(Call& call, const comprehension::Repository& repository, const comprehension::Change& change,
             bool is_allowed, std::uint32_t seconds)
      : call_(call), repository_(repository), change_(change), is_allowed_(is_allowed), seconds_(seconds) {}

  // Whether the commands that the change's records name may be run. unsupported: nobody allowed them.
  Result<void> ask(const std::vector<comprehension::TreeText>& records) const {
    std::string plan;
    for (const comprehension::TreeText& file : records) {
      if (change_.find(file.path) == nullptr) continue;
      for (const comprehension::Answer& answer : comprehension::parse_record(file.text, file.path).answers)
        for (const comprehension::Statement& statement : comprehension::statements_in(answer.passage.text)) {
          const std::string line = "  " + unicode::displayable(statement.command) + '\n';
          if (plan.find(line) == std::string::npos) plan += line;
        }
    }
    if (plan.empty()) return {};
    return ask_to_run(call_, {change_.top.empty() ? repository_.directory() : change_.top, plan, is_allowed_});
  }

  // REQUIRES: its command was allowed.
  void show(Showing& showing) const {
    const auto could_not = [&](const Error& error) {
      showing.outcome = Shown::could_not_run;
      showing.why = error.message;
    };
    auto before = files::TemporaryFolder::make(), with = files::TemporaryFolder::make(),
         without = files::TemporaryFolder::make();
    for (const auto* folder : {&before, &with, &without})
      if (!*folder) return could_not(folder->error());
    const Trees trees{*std::move(before), *std::move(with), *std::move(without)};
    if (!change_.base.empty())
      if (const auto done = repository_.check_out(change_.base, trees.before.path()); !done)
        return could_not(done.error());
    for (const std::string& folder : {trees.with.path(), trees.without.path()}) {
      if (const auto done = repository_.check_out(change_.head, folder); !done) return could_not(done.error());
      for (const std::string_view name : installed) {
        const std::string from = files::join(change_.top, std::string(name)),
                          to = files::join(folder, std::string(name));
        if (change_.top.empty() || !files::DiskTree().stat(from) || files::DiskTree().stat(to)) continue;
        if (auto made = files::make_directories(to, 0755); !made) return could_not(made.error());
        if (auto copied = files::copy_folder(from, to); !copied) return could_not(copied.error());
      }
    }
    if (const auto taken = take_out(change_.hunks[showing.hunk], trees); !taken) return could_not(taken.error());
    if (const auto shown = show_in(showing, trees); !shown) could_not(shown.error());
    if (showing.output.size() > shown_output) showing.output.erase(0, showing.output.size() - shown_output);
    call_.console().progress("");
  }

 private:
  // The tree before the change, which the lines of a hunk are taken from, the tree with it, and the same without the
  // hunk. A command runs in a copy of one of the latter two.
  struct Trees {
    files::TemporaryFolder before, with, without;
  };

  // A file that the change adds or deletes is gone or back as a whole; so is one without lines. Links are not followed:
  // what stands behind one is not of these trees.
  Result<void> take_out(const Hunk& hunk, const Trees& trees) const {
    const ChangedFile& file = change_.files[hunk.file];
    const std::string path = files::join(trees.without.path(), file.path);
    const auto before = text_below(trees.before.path(), file.old_path),
               after = text_below(trees.without.path(), file.path);
    if (!after || !before) return after ? before.error() : after.error();
    const bool is_whole = hunk.old_lines + hunk.new_lines == 0;
    std::string text = before->value_or("");
    if (!is_whole) {
      auto cut = without_hunk(text, after->value_or(""), hunk);
      if (!cut) return cut.error();
      text = *std::move(cut);
    }
    if (!*before && (is_whole || text.empty())) return files::remove_file(path);
    const std::string folder(files::parent(path));
    if (auto made = files::make_directories(folder, 0755); !made) return made;
    const files::DiskTree disk;
    const auto real = disk.real_path(folder), root = disk.real_path(trees.without.path());
    if (!real || !root || !files::is_within(*root, *real))
      return Error{ErrorCode::unsupported, "a link leads out of the tree", path, ""};
    const bool is_program = is_executable(*after && !is_whole ? path : files::join(trees.before.path(), file.old_path));
    return files::write_atomically(path, text, is_program ? 0755 : 0644);
  }

  Result<Ran> run(const std::string& tree, const std::string& command) const {
    audit::RunLimits limits;
    limits.seconds = seconds_;
    limits.kept = kept_output;
    const auto confined = audit::Confined::make(tree, call_.environment().home, audit::known_rows(), limits);
    if (!confined) return confined.error();
    audit::PlannedRun plan;
    plan.purpose = "show";
    plan.line = "exec bash -c " + repository::shell_word(command);
    const auto run = confined->run(plan);
    if (!run) return run.error();
    const audit::Attempt& attempt = run->attempts.back();
    Ran ran{attempt.exit_code, {}, attempt.tail};
    if (attempt.stopped != audit::Stopped::no) ran.stopped = to_string(attempt.stopped);
    return ran;
  }

  // What shows it is run once more on both sides: a test that fails now and then shows nothing.
  Result<void> show_in(Showing& showing, const Trees& trees) const {
    const comprehension::Statement& statement = showing.statement;
    for (int round = 0; round < 2; ++round) {
      call_.console().progress((round == 0 ? "" : "again: ") + unicode::displayable(statement.command));
      const auto with = run(trees.with.path(), statement.command);
      if (!with) return with.error();
      const auto without = run(trees.without.path(), statement.command);
      if (!without) return without.error();
      const Shown outcome = compare(*without, *with, statement.text);
      if (round > 0 && outcome != Shown::shown) {
        showing.outcome = Shown::unsteady;
        return {};
      }
      showing.outcome = outcome;
      showing.exit_with = with->exit_code;
      showing.exit_without = without->exit_code;
      showing.why = !with->stopped.empty() ? with->stopped : without->stopped;
      showing.output = without->output;
      if (outcome != Shown::shown) return {};
    }
    return {};
  }

  Call& call_;
  const comprehension::Repository& repository_;
  const comprehension::Change& change_;
  bool is_allowed_;
  std::uint32_t seconds_;
};

MakeShow runner_of(Call& call, const ExplainOptions& options) {
  return [&call, is_allowed = options.yes, seconds = options.seconds.value_or(300)](
             const comprehension::Repository& repository, const comprehension::Change& change,
             const std::vector<comprehension::TreeText>& records) -> Result<ShowStatement> {
    const auto runner = std::make_shared<HunkRunner>(call, repository, change, is_allowed, seconds);
    if (const auto asked = runner->ask(records); !asked) return asked.error();
    return ShowStatement([runner](comprehension::Showing& showing) { runner->show(showing); });
  };
}

Exit check_explanations(Call& call, const ExplainOptions& options) {
  const auto format = call.format({Format::text, Format::json, Format::sarif, Format::github});
  if (!format) return call.console().fail(format.error());
  auto question = range_question(options.range, ".");
  if (!question) return call.console().fail(question.error());
  question->only_live = !std::exchange(question->from_disk, true);
  if (options.run) question->make_show = runner_of(call, options);
  const auto checked = check_range(call.environment(), *question);
  if (!checked) return call.console().fail(checked.error());
  call.step("range");
  const rendering::ExplainForce force = force_of(*checked);
  return call.console().show(
      rendering::explain_report(checked->report, force, CASCADE_VERSION, *format, call.console().paint()),
      force.fails ? Exit::no : Exit::yes);
}

// All of them, or the one of this id.
Exit list_explanations(Call& call, const std::string& id) {
  const auto format = call.format({Format::text, Format::json});
  if (!format) return call.console().fail(format.error());
  const auto texts = records_here(".");
  if (!texts) return call.console().fail(texts.error());
  std::vector<Record> records;
  for (const auto& file : *texts) {
    Record record = comprehension::parse_record(file.text, file.path);
    if (!id.empty() && record.id != id && file.path != id && files::file_name(file.path) != id + ".md") continue;
    if (!id.empty() && *format == Format::text) return call.console().show(file.text);
    records.push_back(std::move(record));
    if (!id.empty()) break;
  }
  if (!id.empty() && records.empty())
    return call.console().fail(
        {ErrorCode::not_found, "there is no explanation '" + id + "'", "", "cascade explain list shows them"});
  return call.console().show(rendering::explain_list(records, *format, call.console().paint()));
}

// cascade explain hook NAME [ARGUMENT...]: what git's own hooks call, with git's arguments and input.
Exit answer_git(Call& call, const std::vector<std::string>& words) {
  const std::string& name = words[1];
  if (name != "pre-push" && name != "pre-receive" && name != "update")
    return call.console().fail(
        misuse("'" + name + "' is no hook that brings commits", "pre-push, pre-receive or update"));
  const std::string input = name == "update" ? std::string() : read_standard_input(most_hook_input);
  std::string warnings;
  const auto refusal = judge_push(call.environment(), name, {words.begin() + 2, words.end()}, input,
                                  files::DiskTree().real_path(".").value_or("."), warnings);
  if (!refusal) return call.console().fail(refusal.error());
  if (*refusal) {
    call.console().complain(**refusal);
    return Exit::no;
  }
  if (!warnings.empty()) call.console().complain(warnings);
  return Exit::yes;
}

}  // namespace

Exit run_explain(Call& call) {
  ExplainOptions options;
  std::vector<std::string> words;
  Arguments arguments("explain");
  arguments.text("--id", options.id);
  arguments.text("--into", options.into);
  arguments.text("--waive", options.waive);
  arguments.text("--by", options.by);
  arguments.flag("--review", options.review);
  arguments.flag("--ask", options.ask);
  arguments.flag("--run", options.run);
  arguments.flag("--yes", options.yes);
  arguments.number("--seconds", options.seconds);
  arguments.words("new|check|show|list|hook", words, 0, 8);
  if (const auto ended = call.read(arguments)) return *ended;
  const std::string action = words.empty() ? "check" : words[0];
  options.range = words.size() > 1 ? words[1] : "";
  if (action == "hook" && !options.range.empty()) return answer_git(call, words);
  if (!options.run && (options.yes || options.seconds))
    return call.console().fail(misuse("--yes and --seconds go only with --run"));
  if (words.size() > 2) return call.console().fail(misuse("too many words", "cascade help explain"));
  if (action == "new") return write_explanation(call, options);
  if (action == "check") return options.review ? review_explanation(call, options) : check_explanations(call, options);
  if ((action == "list" && options.range.empty()) || (action == "show" && !options.range.empty()))
    return list_explanations(call, options.range);
  return call.console().fail(misuse("explain takes new, check, show ID, list or hook NAME", "cascade help explain"));
}

}  // namespace cascade::cli
