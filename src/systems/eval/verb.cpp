// Prompts are read, ranked, compared with an earlier run if one is given, shown, and saved. The run is saved even if it
// falls short: otherwise the next comparison would be with an older one.
#include "cli/call.h"
#include "cli/query_options.h"
#include "cli/standard_input.h"
#include "eval/confusions.h"
#include "eval/evaluate.h"
#include "eval/text.h"
#include "files/atomic_write.h"
#include "files/tree.h"
#include "request/refresh.h"

#include <algorithm>

namespace cascade::cli {
namespace {

constexpr std::uint64_t largest = 64u << 20;  // bytes of prompts, or of an earlier run

struct EvalOptions {
  QueryOptions query;
  std::vector<std::string> file;
  std::optional<std::string> against, save;
  std::optional<std::uint32_t> least;
  bool confusions = false, failures = false, kept_back = false;
};

Result<std::string> text_of_prompts(const std::string& path) {
  if (path == "-") return read_standard_input(largest);
  return files::DiskTree().read(path, largest);
}

// Whether the percentage of right prompts is below the required one.
bool is_below_least(const evaluation::Evaluation& evaluation, const EvalOptions& options) {
  const evaluation::Tally& all = evaluation.all;
  return options.least && std::uint64_t{all.right} * 100 < std::uint64_t{*options.least} * all.prompts;
}

// Also true if prompts that were right before are wrong now, or if a name is unknown.
bool falls_short(const evaluation::Evaluation& evaluation, const EvalOptions& options) {
  if (!evaluation.unknown.empty()) return true;
  if (evaluation.changes && !evaluation.changes->worse.empty()) return true;
  return is_below_least(evaluation, options);
}

Exit evaluate_and_print(Call& call, const EvalOptions& options, const Registry& registry, const Router& router,
                        const Query& query, Format format) {
  const std::string& path = options.file.front();
  const auto text = text_of_prompts(path);
  if (!text) return call.console().fail(text.error());
  auto prompts = evaluation::read_prompts(*text, path);
  if (!prompts) return call.console().fail(prompts.error());
  if (options.kept_back)
    prompts->erase(std::remove_if(prompts->begin(), prompts->end(), [](const auto& one) { return !one.kept_back; }),
                   prompts->end());
  rendering::EvaluationReport report;
  report.evaluation = evaluation::evaluate(registry, router, *std::move(prompts), query);
  call.step("rank");
  if (options.against) {
    const auto earlier_text = files::DiskTree().read(*options.against, largest);
    if (!earlier_text) return call.console().fail(earlier_text.error());
    const auto earlier = evaluation::read_earlier(*earlier_text, *options.against);
    if (!earlier) return call.console().fail(earlier.error());
    report.evaluation.changes = evaluation::compare(report.evaluation, *earlier);
  }
  if (options.confusions) report.confusions = evaluation::find_confusions(registry, router, report.evaluation, query);
  report.failures = options.failures;
  const auto shown = rendering::evaluation(registry, report, format, call.console().paint());
  if (!shown) return call.console().fail(shown.error());
  call.console().print(*shown);
  if (options.save) {
    const auto run = rendering::evaluation(registry, report, Format::json, rendering::Paint(false));
    if (auto saved = files::write_atomically(*options.save, *run); !saved) return call.console().fail(saved.error());
  }
  if (is_below_least(report.evaluation, options))
    call.console().note("fewer than " + std::to_string(*options.least) + " % of the prompts are right" +
                        (options.failures ? "" : "\n  help: --failures lists those that are not"));
  return falls_short(report.evaluation, options) ? Exit::no : Exit::yes;
}

}  // namespace

Exit run_eval(Call& call) {
  EvalOptions options;
  Arguments arguments("eval");
  options.query.declare_kinds(arguments);
  options.query.declare_caution(arguments);
  arguments.number("--min", options.least);
  arguments.text("--against", options.against);
  arguments.text("--save", options.save);
  arguments.flag("--confusions", options.confusions);
  arguments.flag("--failures", options.failures);
  arguments.flag("--kept-back", options.kept_back);
  arguments.words("FILE", options.file, 1, 1);
  if (const auto ended = call.read(arguments)) return *ended;
  if (options.least.value_or(0) > 100)
    return call.console().fail({ErrorCode::misuse, "--min is a percentage, 0 to 100", {}, "as in --min 90"});
  const auto format = call.format({Format::text, Format::json});
  if (!format) return call.console().fail(format.error());
  auto workspace = call.open();
  if (!workspace) return call.console().fail(workspace.error());
  const auto query = make_query(options.query, evaluation::ranked_places, workspace->preferences());
  if (!query) return call.console().fail(query.error());
  const auto router = request::with_refresh(*workspace, [&] { return workspace->router(); });
  if (!router) return call.console().fail(router.error());
  call.step("router");
  return evaluate_and_print(call, options, workspace->registry(), *router, *query, *format);
}

}  // namespace cascade::cli
