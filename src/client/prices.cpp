// A model is found by its name with anything that a vendor or a host adds: a prefix that ends in '/' or '.', a date, a
// version, a mark such as [1m]. What could be another model, such as a name followed by "-9", does not match, and its
// price is unknown.
#include "client/prices.h"

#include <algorithm>

#include "text/ascii.h"

namespace cascade::client {
namespace {

// In thousandths of a dollar per million tokens. Writing to the cache costs 1.25 times the input, twice for one hour.
constexpr Rates rates(std::uint64_t input, std::uint64_t output, std::uint64_t cache_read) {
  return {input * 1'000, output * 1'000, input * 1'250, input * 2'000, cache_read * 1'000};
}

constexpr Price same(std::string_view model, Rates usual) { return {model, usual, usual}; }

constexpr Rates usd_2_10 = rates(2'000, 10'000, 200), usd_3_15 = rates(3'000, 15'000, 300);
constexpr Rates usd_5_25 = rates(5'000, 25'000, 500), usd_15_75 = rates(15'000, 75'000, 1'500);

constexpr Price prices[] = {
    same("claude-3-5-haiku", rates(800, 4'000, 80)),
    same("claude-haiku-4-5", rates(1'000, 5'000, 100)),
    {"claude-haiku-5-5", rates(100, 500, 10), rates(500, 2'500, 50)},
    same("claude-3-5-sonnet", usd_3_15),
    same("claude-3-7-sonnet", usd_3_15),
    same("claude-sonnet-4", usd_3_15),
    same("claude-sonnet-4-0", usd_3_15),
    same("claude-sonnet-4-5", usd_3_15),
    same("claude-sonnet-4-6", usd_3_15),
    same("claude-sonnet-5", usd_2_10),
    same("claude-sonnet-5-5", rates(2'000, 10'000, 100)),
    same("claude-opus-4", usd_15_75),
    same("claude-opus-4-0", usd_15_75),
    same("claude-opus-4-1", usd_15_75),
    same("claude-opus-4-5", usd_5_25),
    same("claude-opus-4-6", usd_5_25),
    same("claude-opus-4-7", usd_5_25),
    same("claude-opus-4-8", usd_5_25),
    same("claude-opus-5", usd_5_25),
    same("claude-opus-5-5", rates(4'000, 20'000, 200)),
    same("claude-fable-5", rates(10'000, 50'000, 1'000)),
    same("claude-fable-5-1", rates(10'000, 50'000, 250)),
    same("claude-fable-5-2", rates(8'000, 40'000, 200)),
    same("claude-mythos-5", rates(10'000, 50'000, 1'000)),
    same("claude-mythos-5-1", rates(10'000, 50'000, 250)),
    same("claude-mythos-5-2", rates(8'000, 40'000, 200)),
};

// "-20251101", "@20251101", "-v1:0", "[1m]" name the same model; "-9" would be another one.
bool is_rest(std::string_view rest) {
  if (rest.empty() || rest.front() == '[' || rest.front() == ':' || rest.substr(0, 2) == "-v") return true;
  if (rest.front() != '-' && rest.front() != '@') return false;
  constexpr std::size_t date = 8;
  return rest.size() > date &&
         std::all_of(rest.begin() + 1, rest.begin() + 1 + date, [](char c) { return letters::is_digit(c); }) &&
         is_rest(rest.substr(1 + date));
}

}  // namespace

bool is_model(std::string_view model, std::string_view name) noexcept {
  const std::size_t at = name.empty() ? std::string_view::npos : model.find(name);
  if (at == std::string_view::npos || (at > 0 && model[at - 1] != '.' && model[at - 1] != '/')) return false;
  return is_rest(model.substr(at + name.size()));
}

const Price* find_price(std::string_view model) noexcept {
  const auto* const found = std::find_if(std::begin(prices), std::end(prices),
                                         [&](const Price& price) { return is_model(model, price.model); });
  return found == std::end(prices) ? nullptr : found;
}

}  // namespace cascade::client
