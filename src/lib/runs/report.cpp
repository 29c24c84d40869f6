// Adds up what subagents cost. Runs are grouped by agent and tier, and each group is priced per model. The cost of a
// success is the sum of all costs divided by the number of successes, so failures count; the interval comes from the
// residuals of that ratio. Everything is computed in integers (128 bits where products need it), because floating point
// could differ between machines.
#include "runs/report.h"

#include <algorithm>
#include <set>

#include "client/prices.h"
#include "runs/runs.h"

namespace cascade::tiers {
namespace {

using client::Rates;
using session::Usage;
__extension__ using Wide = unsigned __int128;

std::uint64_t times(const Usage& usage, const Rates& rates) {
  return usage.input * rates.input + usage.output * rates.output +
         (usage.cache_write - usage.cache_write_1h) * rates.cache_write + usage.cache_write_1h * rates.cache_write_1h +
         usage.cache_read * rates.cache_read;
}

Usage without(Usage all, const Usage& part) {
  for (std::uint64_t Usage::*count : {&Usage::input, &Usage::output, &Usage::cache_write, &Usage::cache_write_1h,
                                      &Usage::cache_read, &Usage::searches})
    all.*count -= std::min(all.*count, part.*count);
  return all;
}

// An unknown price makes the sum unknown: a sum without it would look cheap.
std::optional<std::uint64_t> added(std::optional<std::uint64_t> sum, std::optional<std::uint64_t> more) {
  if (!sum || !more) return std::nullopt;
  return *sum + *more;
}

// The integer root by halves, 64 rounds.
std::uint64_t root_of(Wide value) {
  Wide low = 0, high = Wide{1} << 64;
  while (high - low > 1) {
    const Wide middle = low + (high - low) / 2;
    (middle * middle <= value && middle < (Wide{1} << 64) ? low : high) = middle;
  }
  return static_cast<std::uint64_t>(low);
}

// Student's quantile for 95 per cent, in thousandths, by degrees of freedom; for unlisted ones, that of the next
// smaller listed one.
std::uint64_t student(std::uint64_t freedom) {
  constexpr std::uint64_t few[] = {12'706, 4'303, 3'182, 2'776, 2'571, 2'447, 2'365, 2'306, 2'262, 2'228,
                                   2'201,  2'179, 2'160, 2'145, 2'131, 2'120, 2'110, 2'101, 2'093, 2'086,
                                   2'080,  2'074, 2'069, 2'064, 2'060, 2'056, 2'052, 2'048, 2'045, 2'042};
  if (freedom <= 30) return few[freedom - 1];
  return freedom < 60 ? 2'042 : freedom < 120 ? 2'000 : freedom < 1'000 ? 1'980 : 1'962;
}

void add(const Run& run, const std::vector<policy::OwnPrice>& own, Row& row) {
  ++row.runs;
  if (run.outcome.empty())
    ++row.running;
  else
    ++row.outcomes[run.repeated && run.outcome == done ? "repeated" : run.outcome];
  if (run.succeeded()) ++row.succeeded;
  if (run.raised) ++row.raised;
  for (const Part& part : run.parts) {
    row.usage += part.usage;
    if (std::find(row.models.begin(), row.models.end(), part.model) == row.models.end())
      row.models.push_back(part.model);
  }
  const auto price = price_of(run, own), other = price_on_session_model(run, own);
  row.price = added(row.price, price);
  // Both sums are of the same runs, those of which both prices are known.
  if (!price || !other) return;
  row.on_session_model = row.on_session_model.value_or(0) + *other;
  row.of_those += *price;
}

Row row_of(const std::vector<const Run*>& runs, const std::vector<policy::OwnPrice>& own) {
  Row row;
  row.price = 0;
  std::vector<std::pair<std::uint64_t, bool>> tokens, prices;
  for (const Run* run : runs) {
    add(*run, own, row);
    if (run->outcome.empty()) continue;
    tokens.emplace_back(run->tokens(), run->succeeded());
    if (const auto price = price_of(*run, own)) prices.emplace_back(*price, run->succeeded());
  }
  std::sort(row.models.begin(), row.models.end());
  row.tokens_per_success = per_success(tokens);
  // Only where each ended run has a price; otherwise price and tokens would be about different runs.
  if (prices.size() == tokens.size()) row.price_per_success = per_success(prices);
  return row;
}

// If the same task is given again in the same turn after it ended, its first result was not good enough.
void mark_repeated(const std::vector<session::Entry>& lines, std::vector<Run>& runs) {
  for (const session::Entry& later : lines) {
    if (later.event != session::Event::call || later.run.action != session::issued_action) continue;
    for (const session::Entry& earlier : lines)
      if (earlier.event == session::Event::run && earlier.sequence != 0 && earlier.sequence < later.sequence &&
          !earlier.run.outcome.empty() && earlier.run.outcome != interrupted && earlier.run.task == later.run.task &&
          earlier.run.task != 0 && earlier.run.agent == later.run.agent && earlier.prompt_id == later.prompt_id)
        for (Run& run : runs)
          if (run.id == earlier.run.id) run.repeated = true;
  }
}

}  // namespace

std::uint64_t Run::tokens() const {
  std::uint64_t sum = 0;
  for (const Part& part : parts) sum += part.usage.tokens();
  return sum;
}

std::vector<Run> runs_of(const std::string& session, const std::vector<session::Entry>& lines) {
  std::vector<Run> runs;
  for (const session::Entry& line : lines) {
    if (line.event != session::Event::run) continue;
    const session::RunNote& note = line.run;
    auto run = std::find_if(runs.begin(), runs.end(), [&](const Run& known) { return known.id == note.id; });
    if (run == runs.end()) {
      runs.push_back({session, note.id, note.agent, note.tier, note.raised, false, {}, note.session_model, {}, 0});
      run = runs.end() - 1;
    }
    if (!note.outcome.empty()) run->outcome = note.outcome;
    run->tools += note.tools;
    if (note.model.empty()) continue;
    auto part =
        std::find_if(run->parts.begin(), run->parts.end(), [&](const Part& p) { return p.model == note.model; });
    if (part == run->parts.end()) {
      run->parts.push_back({note.model, {}, {}});
      part = run->parts.end() - 1;
    }
    part->usage += note.usage;
    part->long_usage += note.long_usage;
  }
  mark_repeated(lines, runs);
  return runs;
}

std::optional<std::uint64_t> price_of(const Usage& all, const Usage& to_long_prompts, const std::string& model,
                                      const std::vector<policy::OwnPrice>& own) {
  const std::uint64_t searches = all.searches * client::search_price;
  for (const policy::OwnPrice& price : own)
    // The user's own prices come first. They have no other rate for long prompts.
    if (price.model == model || client::is_model(model, price.model)) return times(all, price.rates) + searches;
  const client::Price* price = client::find_price(model);
  if (price == nullptr) return std::nullopt;
  return times(without(all, to_long_prompts), price->usual) + times(to_long_prompts, price->long_prompt) + searches;
}

std::optional<std::uint64_t> price_of(const Run& run, const std::vector<policy::OwnPrice>& own) {
  std::optional<std::uint64_t> sum = 0;
  for (const Part& part : run.parts) sum = added(sum, price_of(part.usage, part.long_usage, part.model, own));
  return sum;
}

std::optional<std::uint64_t> price_on_session_model(const Run& run, const std::vector<policy::OwnPrice>& own) {
  if (run.session_model.empty()) return std::nullopt;
  std::optional<std::uint64_t> sum = 0;
  for (const Part& part : run.parts) sum = added(sum, price_of(part.usage, part.long_usage, run.session_model, own));
  return sum;
}

std::optional<PerSuccess> per_success(const std::vector<std::pair<std::uint64_t, bool>>& costs) {
  constexpr std::uint64_t most_cost = std::uint64_t{1} << 40, most_runs = 1 << 12;
  Wide sum = 0;
  std::uint64_t successes = 0, largest = 0;
  for (const auto& [cost, succeeded] : costs) {
    sum += cost;
    successes += succeeded ? 1 : 0;
    largest = std::max(largest, cost);
  }
  if (successes == 0) return std::nullopt;
  PerSuccess result;
  result.mean = static_cast<std::uint64_t>((sum + successes / 2) / successes);
  const std::uint64_t runs = costs.size();
  if (runs < 2 || runs > most_runs * most_runs) return result;
  // Large amounts are counted in coarser steps, so that no product overflows.
  std::uint64_t step = 1;
  while (largest / step > most_cost / std::max<std::uint64_t>(1, runs / most_runs)) step *= 2;
  Wide squares = 0;
  for (const auto& [cost, succeeded] : costs) {
    const Wide own = Wide{cost / step}, share = succeeded ? sum / step / successes : 0;
    const Wide residual = own > share ? own - share : share - own;
    squares += residual * residual;
  }
  const Wide spread = squares * runs / (runs - 1);
  const Wide half = Wide{root_of(spread)} * step * student(runs - 1) / 1'000 / successes;
  const auto reach = static_cast<std::uint64_t>(std::min<Wide>(half, Wide{1} << 62));
  result.interval = {result.mean > reach ? result.mean - reach : 0, result.mean + reach};
  return result;
}

RunReport report_of(const std::vector<Run>& runs, const std::vector<policy::OwnPrice>& own) {
  std::map<std::pair<std::string, std::string>, std::vector<const Run*>> groups;
  std::vector<const Run*> all;
  std::set<std::string> sessions;
  for (const Run& run : runs) {
    groups[{run.agent, run.tier}].push_back(&run);
    all.push_back(&run);
    sessions.insert(run.session);
  }
  RunReport report;
  for (const auto& [key, members] : groups) {
    report.rows.push_back(row_of(members, own));
    report.rows.back().agent = key.first;
    report.rows.back().tier = key.second;
  }
  report.all = row_of(all, own);
  report.sessions = sessions.size();
  report.has_own_prices = !own.empty();
  return report;
}

}  // namespace cascade::tiers
