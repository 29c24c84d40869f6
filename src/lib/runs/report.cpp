// Adds up what subagents cost. Runs are grouped by agent and tier, and each group is priced per model. The cost of a
// success is the sum of all costs divided by the number of successes, so failures count. Everything is computed in
// integers, because floating point could differ between machines.
#include "runs/report.h"

#include <algorithm>
#include <array>
#include <set>

#include "runs/runs.h"
#include "syntax/put.h"
#include "unicode/utf8.h"

namespace cascade::tiers {
namespace {

using client::Rates, session::Usage;
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

// The price of the same tokens on the session's model.
std::optional<std::uint64_t> price_on_session_model(Run run, const std::vector<policy::OwnPrice>& own) {
  if (run.session_model.empty()) return std::nullopt;
  for (Part& part : run.parts) part.model = run.session_model;
  return price_of(run, own);
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
    if (std::ranges::find(row.models, part.model) == row.models.end()) row.models.push_back(part.model);
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
  std::ranges::sort(row.models);
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
    auto run = std::ranges::find_if(runs, [&](const Run& known) { return known.id == note.id; });
    if (run == runs.end()) {
      runs.push_back({session, note.id, note.agent, note.tier, note.raised, false, {}, note.session_model, {}, 0});
      run = runs.end() - 1;
    }
    if (!note.outcome.empty()) run->outcome = note.outcome;
    run->tools += note.tools;
    if (note.model.empty()) continue;
    auto part = std::ranges::find_if(run->parts, [&](const Part& p) { return p.model == note.model; });
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

std::optional<std::uint64_t> per_success(const std::vector<std::pair<std::uint64_t, bool>>& costs) {
  Wide sum = 0;
  std::uint64_t successes = 0;
  for (const auto& [cost, succeeded] : costs) {
    sum += cost;
    successes += succeeded ? 1 : 0;
  }
  if (successes == 0) return std::nullopt;
  return static_cast<std::uint64_t>((sum + successes / 2) / successes);
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

// A price is a whole number in 10^-12 dollars (client/models.h); JSON rounds it to nanodollars.
namespace cascade::rendering {
namespace {

using session::Usage, tiers::Row;

constexpr std::uint64_t per_nanodollar = 1'000;  // in the unit of prices (client/models.h)
constexpr std::array<std::string_view, 6> outcomes = {"done",   "repeated",   "tool-error",
                                                      "failed", "unverified", "interrupted"};

// "$0.001250", "$12.50"
// From a dollar on in cents, below that in millionths: a run may cost a tenth of a cent.
std::string dollars(std::uint64_t price) {
  const std::uint64_t micro = (price + 500'000) / 1'000'000;
  const bool is_large = micro >= 1'000'000;
  const std::uint64_t rest = is_large ? (micro % 1'000'000 + 5'000) / 10'000 : micro % 1'000'000;
  const std::uint64_t whole = micro / 1'000'000 + (is_large ? rest / 100 : 0);
  const std::string digits = std::to_string(is_large ? rest % 100 : rest);
  return "$" + std::to_string(whole) + "." + std::string((is_large ? 2 : 6) - digits.size(), '0') + digits;
}

// "-" where there is no success, or no price.
std::vector<std::string> cells_of(const Row& row, const std::string& agent) {
  const auto number = [](std::uint64_t count) { return std::to_string(count); };
  return {agent,
          row.tier.empty() ? "-" : unicode::displayable(row.tier),
          number(row.runs),
          number(row.succeeded),
          number(row.usage.tokens()),
          row.tokens_per_success ? number(*row.tokens_per_success) : "-",
          row.price_per_success ? dollars(*row.price_per_success) : "-"};
}

// Compares with the same tokens at the prices of the sessions' own models. Empty if there is no difference.
std::string saved_text(const Row& all) {
  if (!all.on_session_model || *all.on_session_model == all.of_those) return {};
  const bool less = *all.on_session_model > all.of_those;
  const std::uint64_t by = less ? *all.on_session_model - all.of_those : all.of_those - *all.on_session_model;
  return "The same tokens on the sessions' own models: " + dollars(*all.on_session_model) + ", " + dollars(by) +
         (less ? " more" : " less") + ".\n";
}

std::string text_of(const tiers::RunReport& report, Paint paint) {
  if (report.rows.empty())
    return "No runs of subagents are known. They are counted where `tiers` are configured: `cascade help tiers`\n";
  TextTable table;
  table.columns({"AGENT", "TIER"});
  for (const char* title : {"RUNS", "DONE", "TOKENS", "TOKENS A SUCCESS", "PRICE A SUCCESS"})
    table.column(title, Align::right);
  for (const Row& row : report.rows) table.row(cells_of(row, unicode::displayable(row.agent)));
  if (report.rows.size() > 1) table.row(cells_of(report.all, "all"));
  std::string text = count_of(report.all.runs, "run") + " of subagents in " + count_of(report.sessions, "session") +
                     (report.all.running > 0 ? ", " + std::to_string(report.all.running) + " not ended" : "") + "\n\n" +
                     table.take(paint) + "\n";
  text += report.all.price ? "All of it: " + dollars(*report.all.price) + ". " + saved_text(report.all)
                           : std::string("The prices of some models are not known.\n");
  return text + "Prices of " + std::string(client::price_date) + ", by " + std::string(client::price_source) +
         (report.has_own_prices ? " and your tiers.prices" : "") + "; check them before you rely on an amount.\n";
}

void put_price(syntax::JsonWriter& json, std::string_view key, std::optional<std::uint64_t> price) {
  put(json, key, price ? std::optional((*price + per_nanodollar / 2) / per_nanodollar) : std::nullopt);
}

void put_usage(syntax::JsonWriter& json, const Usage& usage) {
  put_object(json, "usage", "input", usage.input, "output", usage.output, "cache_write", usage.cache_write,
             "cache_write_1h", usage.cache_write_1h, "cache_read", usage.cache_read, "searches", usage.searches);
  put(json, "tokens", usage.tokens());
}

void put_row(syntax::JsonWriter& json, const Row& row) {
  put(json, "runs", row.runs, "running", row.running, "succeeded", row.succeeded, "raised", row.raised);
  json.key("outcomes").begin_object();
  for (const std::string_view outcome : outcomes) {
    const auto found = row.outcomes.find(std::string(outcome));
    put(json, outcome, found == row.outcomes.end() ? 0 : found->second);
  }
  put(json.end_object(), "models", row.models);
  put_usage(json, row.usage);
  put_price(json, "nanodollars", row.price);
  put_price(json, "nanodollars_on_session_model", row.on_session_model);
  put(json, "tokens_per_success", row.tokens_per_success);
  put_price(json, "nanodollars_per_success", row.price_per_success);
}

void put_run(syntax::JsonWriter& json, const tiers::Run& run, const std::vector<policy::OwnPrice>& own) {
  put(json.begin_object(), "session", run.session, "id", run.id, "agent", run.agent, "tier", run.tier, "raised",
      run.raised);
  put(json, "outcome", syntax::or_null(run.repeated && run.outcome == "done" ? "repeated" : run.outcome), "tools",
      run.tools);
  Usage all;
  json.key("models").objects(run.parts, [&](const tiers::Part& part) {
    put(json, "model", part.model);
    put_usage(json, part.usage);
    all += part.usage;
  });
  put_usage(json, all);
  put_price(json, "nanodollars", tiers::price_of(run, own));
  json.end_object();
}

std::string json_of(const tiers::RunReport& report, const std::vector<tiers::Run>& runs,
                    const std::vector<policy::OwnPrice>& own) {
  syntax::JsonWriter json = document("cascade.runs/1");
  put(json.key("prices").begin_object(), "date", client::price_date, "source", client::price_source);
  json.key("own").array(own, [&](const policy::OwnPrice& price) { json.string(price.model); });
  put(json.end_object(), "sessions", report.sessions).key("rows").objects(report.rows, [&](const Row& row) {
    put(json, "agent", row.agent, "tier", row.tier);
    put_row(json, row);
  });
  put_object(json, "all", [&] { put_row(json, report.all); }).key("runs").array(runs, [&](const tiers::Run& run) {
    put_run(json, run, own);
  });
  return finish(json);
}

}  // namespace

Result<std::string> run_report(const tiers::RunReport& report, const std::vector<tiers::Run>& runs,
                               const std::vector<policy::OwnPrice>& own, Format format, Paint paint) {
  if (format == Format::text) return text_of(report, paint);
  if (format == Format::json) return json_of(report, runs, own);
  return no_format("cost --runs", format);
}

}  // namespace cascade::rendering
