// Prompts are read, ranked, compared with an earlier run if one is given, shown, and saved. The run is saved even if it
// falls short: otherwise the next comparison would be with an older one.
#include <cascade/render.h>

#include <iterator>

#include "cli/call.h"
#include "cli/console.h"
#include "cli/query_options.h"
#include "cli/verbs.h"
#include "eval/evaluate.h"
#include "eval/instance.h"
#include "files/atomic_write.h"
#include "files/tree.h"
#include "render/parts.h"
#include "request/task.h"
#include "syntax/put.h"
#include "system/system.h"
#include "unicode/utf8.h"

namespace cascade::rendering {
namespace {

using evaluation::Evaluation, evaluation::Outcome, evaluation::Prompt, evaluation::Tally;

constexpr std::size_t prompt_shown = 90;  // code points

// "87.5", rounded down so that only a complete share is 100.0; "-" if `whole` is 0.
std::string share(std::uint64_t part, std::uint64_t whole) {
  if (whole == 0) return "-";
  const std::uint64_t per_mille = part * 1000 / whole;
  return std::to_string(per_mille / 10) + "." + std::to_string(per_mille % 10);
}

// `in_five` is a sum of thousandths, because a prompt may ask for several things.
void put_row(TextTable& table, const std::string& name, const Tally& tally) {
  table.row({name, std::to_string(tally.prompts), share(tally.first, tally.expecting),
             share(tally.in_five, std::uint64_t{tally.expecting} * 1000), share(tally.decided, tally.prompts),
             share(tally.right, tally.prompts), std::to_string(tally.loaded_wrongly)});
}

std::string table_text(const Evaluation& run, Paint paint) {
  TextTable table;
  table.column("KIND");
  for (const char* title : {"PROMPTS", "FIRST", "IN FIVE", "DECIDED", "RIGHT", "LOADED WRONGLY"})
    table.column(title, Align::right);
  for (const Tally& kind : run.kinds)
    if (run.kinds.size() > 1 || !kind.kind.empty())
      put_row(table, kind.kind.empty() ? "(none)" : unicode::displayable(kind.kind), kind);
  put_row(table, "all", run.all);
  return table.take(paint);
}

// "load skill:x", "silence".
std::string outcome_text(const Registry& registry, const Outcome& outcome) {
  std::string text(to_string(outcome.decision));
  if (outcome.decision != Decision::silence && !outcome.ranked.empty())
    return text + " " + id_of(registry[outcome.ranked.front()]);
  return text;
}

// "skill:x or 2 more". A prompt without an answer expects silence.
std::string expected_text(const Prompt& prompt) {
  if (prompt.expect.empty()) return "silence";
  std::string text = unicode::displayable(prompt.expect.front());
  if (prompt.expect.size() > 1) text += " or " + std::to_string(prompt.expect.size() - 1) + " more";
  return text;
}

// `line 12: PROMPT`, and below it what was expected, in which place it was ranked, and what the router did instead.
std::string wrong_text(const Registry& registry, const Evaluation& run, std::uint32_t index) {
  const Prompt& prompt = run.prompts[index];
  const Outcome& outcome = run.outcomes[index];
  std::string place;
  if (!prompt.expect.empty() && outcome.place != 1)
    place = outcome.place == 0 ? " (not ranked)" : " (in place " + std::to_string(outcome.place) + ")";
  return "line " + std::to_string(prompt.line) + ": " + shortened(prompt.text, prompt_shown) + "\n    expected " +
         expected_text(prompt) + place + ", got " + outcome_text(registry, outcome) +
         (outcome.decision == Decision::silence && !outcome.ranked.empty() && !prompt.expect.empty()
              ? " before " + id_of(registry[outcome.ranked.front()])
              : "") +
         "\n";
}

// `failures`: list the prompts that went wrong.
std::string evaluation_text(const Registry& registry, const Evaluation& run, bool failures, Paint paint) {
  std::string text = table_text(run, paint);
  if (failures) {
    text += "\nwrong\n";
    for (std::uint32_t i = 0; i < run.prompts.size(); ++i)
      if (!run.outcomes[i].right) text += wrong_text(registry, run, i);
  }
  for (const evaluation::UnknownName& name : run.unknown)
    text += "line " + std::to_string(name.line) + ": no manifest is called " + unicode::displayable(name.name) + "\n";
  if (run.changes) {
    text += "\n" + std::to_string(run.changes->better.size()) + " better, " +
            std::to_string(run.changes->worse.size()) + " worse than before\n";
    for (const std::uint32_t index : run.changes->worse) text += wrong_text(registry, run, index);
  }
  return text;
}

void put_tally(syntax::JsonWriter& json, const Tally& tally) {
  put(json, "kind", tally.kind, "prompts", tally.prompts, "expecting", tally.expecting, "first", tally.first,
      "in_five_per_mille", tally.in_five, "decided", tally.decided, "right", tally.right, "loaded_wrongly",
      tally.loaded_wrongly);
}

void put_prompt(syntax::JsonWriter& json, const Registry& registry, const Prompt& prompt, const Outcome& outcome) {
  put(json.begin_object(), "line", prompt.line, "text", prompt.text, "kind", prompt.kind, "expect", prompt.expect,
      "decision", to_string(outcome.decision), "first",
      syntax::or_null(outcome.ranked.empty() ? std::string() : plain_id_of(registry[outcome.ranked.front()])), "place",
      outcome.place == 0 ? std::nullopt : std::optional(outcome.place), "right", outcome.right)
      .end_object();
}

void put_lines(syntax::JsonWriter& json, std::string_view key, const Evaluation& run,
               const std::vector<std::uint32_t>& indices) {
  json.key(key).array(indices, [&](std::uint32_t index) { json.number(run.prompts[index].line); });
}

std::string evaluation_json(const Registry& registry, const Evaluation& run) {
  syntax::JsonWriter json = document("cascade.eval/1");
  put_object(json, "all", [&] { put_tally(json, run.all); });
  json.key("kinds").objects(run.kinds, [&](const Tally& kind) { put_tally(json, kind); });
  json.key("unknown").objects(
      run.unknown, [&](const evaluation::UnknownName& name) { put(json, "line", name.line, "name", name.name); });
  if (run.changes)
    put_object(json, "changes", [&] {
      put_lines(json, "better", run, run.changes->better);
      put_lines(json, "worse", run, run.changes->worse);
    });
  json.key("prompts").begin_array();
  for (std::size_t i = 0; i < run.prompts.size(); ++i) put_prompt(json, registry, run.prompts[i], run.outcomes[i]);
  json.end_array();
  return finish(json);
}

}  // namespace
}  // namespace cascade::rendering

namespace cascade::cli {
namespace {

constexpr std::uint64_t largest = 64u << 20;  // bytes of prompts, or of an earlier run

struct EvalOptions {
  QueryOptions query;
  std::vector<std::string> file;
  std::optional<std::string> against, save;
  std::optional<std::uint32_t> least;
  bool failures = false, kept_back = false;
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
  return !evaluation.unknown.empty() || (evaluation.changes && !evaluation.changes->worse.empty()) ||
         is_below_least(evaluation, options);
}

Exit evaluate_and_print(Call& call, const EvalOptions& options, const Registry& registry, const Router& router,
                        const Query& query, Format format) {
  const std::string& path = options.file.front();
  const auto text = text_of_prompts(path);
  if (!text) return call.console().fail(text.error());
  auto prompts = evaluation::read_prompts(*text, path);
  if (!prompts) return call.console().fail(prompts.error());
  if (options.kept_back) std::erase_if(*prompts, [](const auto& one) { return !one.kept_back; });
  evaluation::Evaluation run = evaluation::evaluate(registry, router, *std::move(prompts), query);
  call.step("rank");
  if (options.against) {
    const auto earlier_text = files::DiskTree().read(*options.against, largest);
    if (!earlier_text) return call.console().fail(earlier_text.error());
    const auto earlier = evaluation::read_earlier(*earlier_text, *options.against);
    if (!earlier) return call.console().fail(earlier.error());
    run.changes = evaluation::compare(run, *earlier);
  }
  call.console().print(format == Format::json
                           ? rendering::evaluation_json(registry, run)
                           : rendering::evaluation_text(registry, run, options.failures, call.console().paint()));
  if (options.save)
    if (auto saved = files::write_output(*options.save, rendering::evaluation_json(registry, run)); !saved)
      return call.console().fail(saved.error());
  if (is_below_least(run, options))
    call.console().note("fewer than " + std::to_string(*options.least) + " % of the prompts are right" +
                        (options.failures ? "" : "\n  help: --failures lists those that are not"));
  return falls_short(run, options) ? Exit::no : Exit::yes;
}

constexpr std::uint64_t largest_instance = 256u << 20;  // bytes of an instance
constexpr std::uint32_t about_a_second = 100'000;       // nodes (docs/packing.md)

}  // namespace

Exit run_eval(Call& call) {
  EvalOptions options;
  Arguments arguments("eval");
  options.query.declare_kinds(arguments);
  options.query.declare_caution(arguments);
  arguments.number("--min", options.least);
  arguments.text("--against", options.against);
  arguments.text("--save", options.save);
  arguments.flag("--failures", options.failures);
  arguments.flag("--kept-back", options.kept_back);
  arguments.words("FILE", options.file, 1, 1);
  if (const auto ended = call.read(arguments, {Format::text, Format::json})) return *ended;
  if (options.least.value_or(0) > 100)
    return call.console().fail(misuse("--min is a percentage, 0 to 100", "as in --min 90"));
  auto workspace = call.open();
  if (!workspace) return call.console().fail(workspace.error());
  const auto query = make_query(options.query, evaluation::ranked_places, workspace->preferences());
  if (!query) return call.console().fail(query.error());
  const auto router = request::with_refresh(*workspace, [&] { return workspace->router(); });
  if (!router) return call.console().fail(router.error());
  call.step("router");
  return evaluate_and_print(call, options, workspace->registry(), *router, *query, call.format());
}

Exit run_solve(Call& call) {
  std::string path;
  std::optional<std::uint32_t> nodes, gap_ppm, looks;
  Arguments arguments("solve");
  arguments.text("--instance", path);
  arguments.number("--nodes", nodes);
  arguments.number("--looks", looks);
  arguments.number("--gap-ppm", gap_ppm);
  if (const auto ended = call.read(arguments, {Format::json})) return *ended;
  if (path.empty()) return call.console().fail(misuse("--instance is missing", "cascade solve --instance FILE"));
  const auto text = files::DiskTree().read(path, largest_instance);
  if (!text) return call.console().fail(text.error());
  const auto instance = instance::read_instance(*text, path);
  if (!instance) {
    Error error = instance.error();
    if (error.help.empty()) error.help = "what an instance holds: `cascade help packing-instance`";
    return call.console().fail(error);
  }
  call.step("read");
  PackingLimits limits{nodes.value_or(about_a_second), gap_ppm.value_or(0)};
  if (looks) limits.looks = *looks;
  const auto packing = pack(instance->problem, limits);
  call.step("solve");
  if (!packing) {
    Error error = packing.error();
    error.path = path;
    return call.console().fail(error);
  }
  call.console().print(instance::write_solution(*instance, *packing));
  return packing->status == PackingStatus::ok ? Exit::yes : Exit::no;
}

}  // namespace cascade::cli

namespace cascade::core {
namespace {

using cli::Group;
constexpr cli::Verb eval_verbs[] = {
    {"eval", Group::check, 50, "score the router on prompts whose answers are known", cli::run_eval},
    {"solve", Group::none, 10, "pack one benchmark instance", cli::run_solve},
};

}  // namespace

extern const System eval_system = {
    .name = "eval",
    .verbs = {eval_verbs, std::size(eval_verbs)},
};

}  // namespace cascade::core
