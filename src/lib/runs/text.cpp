// Shows what subagents cost, by agent and tier. A price is a whole number in 10^-12 dollars (client/prices.h); JSON
// rounds it to nanodollars. The price of a success divides all runs' cost by those that succeeded, with a 95 %
// interval, because one dear failure can make a cheap model dear.
#include "runs/text.h"

#include "client/prices.h"
#include "render/parts.h"
#include "render/text_table.h"
#include "unicode/utf8.h"

#include <array>

namespace cascade::rendering {
namespace {

using session::Usage;
using tiers::PerSuccess;
using tiers::Row;

constexpr std::uint64_t per_nanodollar = 1'000;  // in the unit of prices (client/prices.h)
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

// The ends of the interval, "120 - 340"; "-" where there is none, as after a single run.
template <typename Show>
std::string ends_of(const std::optional<PerSuccess>& value, const Show& show) {
  if (!value || !value->interval) return "-";
  return show(value->interval->first) + " - " + show(value->interval->second);
}

// "-" where there is no success, or no price.
std::vector<std::string> cells_of(const Row& row, const std::string& agent) {
  const auto number = [](std::uint64_t count) { return std::to_string(count); };
  return {agent,
          row.tier.empty() ? "-" : unicode::displayable(row.tier),
          number(row.runs),
          number(row.succeeded),
          number(row.usage.tokens()),
          row.tokens_per_success ? number(row.tokens_per_success->mean) : "-",
          ends_of(row.tokens_per_success, number),
          row.price_per_success ? dollars(row.price_per_success->mean) : "-",
          ends_of(row.price_per_success, dollars)};
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
  for (const char* title : {"RUNS", "DONE", "TOKENS", "TOKENS A SUCCESS", "95 %", "PRICE A SUCCESS", "95 %"})
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
  if (price)
    json.key(key).number((*price + per_nanodollar / 2) / per_nanodollar);
  else
    json.key(key).null();
}

void put_per_success(syntax::JsonWriter& json, std::string_view key, const std::optional<PerSuccess>& value,
                     std::uint64_t unit) {
  json.key(key);
  if (!value) {
    json.null();
    return;
  }
  const auto in_unit = [&](std::uint64_t number) { return (number + unit / 2) / unit; };
  json.begin_object().key("mean").number(in_unit(value->mean));
  json.key("low");
  value->interval ? json.number(in_unit(value->interval->first)) : json.null();
  json.key("high");
  value->interval ? json.number(in_unit(value->interval->second)) : json.null();
  json.end_object();
}

void put_usage(syntax::JsonWriter& json, const Usage& usage) {
  json.key("usage").begin_object().key("input").number(usage.input).key("output").number(usage.output);
  json.key("cache_write").number(usage.cache_write).key("cache_write_1h").number(usage.cache_write_1h);
  json.key("cache_read").number(usage.cache_read).key("searches").number(usage.searches).end_object();
  json.key("tokens").number(usage.tokens());
}

void put_row(syntax::JsonWriter& json, const Row& row) {
  json.key("runs").number(row.runs).key("running").number(row.running);
  json.key("succeeded").number(row.succeeded).key("raised").number(row.raised);
  json.key("outcomes").begin_object();
  for (const std::string_view outcome : outcomes) {
    const auto found = row.outcomes.find(std::string(outcome));
    json.key(outcome).number(found == row.outcomes.end() ? 0 : found->second);
  }
  json.end_object().key("models").array(row.models);
  put_usage(json, row.usage);
  put_price(json, "nanodollars", row.price);
  put_price(json, "nanodollars_on_session_model", row.on_session_model);
  put_per_success(json, "tokens_per_success", row.tokens_per_success, 1);
  put_per_success(json, "nanodollars_per_success", row.price_per_success, per_nanodollar);
}

void put_run(syntax::JsonWriter& json, const tiers::Run& run, const std::vector<policy::OwnPrice>& own) {
  json.begin_object().key("session").string(run.session).key("id").string(run.id);
  json.key("agent").string(run.agent).key("tier").string(run.tier).key("raised").boolean(run.raised);
  json.key("outcome");
  run.outcome.empty() ? json.null() : json.string(run.repeated && run.outcome == "done" ? "repeated" : run.outcome);
  json.key("tools").number(run.tools).key("models").begin_array();
  Usage all;
  for (const tiers::Part& part : run.parts) {
    json.begin_object().key("model").string(part.model);
    put_usage(json, part.usage);
    json.end_object();
    all += part.usage;
  }
  json.end_array();
  put_usage(json, all);
  put_price(json, "nanodollars", tiers::price_of(run, own));
  json.end_object();
}

std::string json_of(const tiers::RunReport& report, const std::vector<tiers::Run>& runs,
                    const std::vector<policy::OwnPrice>& own) {
  syntax::JsonWriter json = document("cascade.runs/1");
  json.key("prices").begin_object().key("date").string(client::price_date).key("source").string(client::price_source);
  json.key("own").array(own, [&](const policy::OwnPrice& price) { json.string(price.model); });
  json.end_object().key("sessions").number(report.sessions).key("rows").objects(report.rows, [&](const Row& row) {
    json.key("agent").string(row.agent).key("tier").string(row.tier);
    put_row(json, row);
  });
  json.key("all").begin_object();
  put_row(json, report.all);
  json.end_object().key("runs").array(runs, [&](const tiers::Run& run) { put_run(json, run, own); });
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
