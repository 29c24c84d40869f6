// A model is found by its name with anything that a vendor or a host adds: a prefix that ends in '/' or '.', a date, a
// version, a mark such as [1m]. What could be another model, such as a name followed by "-9", does not match, and its
// price is unknown.
#include "client/prices.h"

#include <algorithm>
#include <array>
#include <iterator>

#include "client/facts/claude_code.h"
#include "text/ascii.h"

namespace cascade::client {
namespace {

namespace facts = claude_code_facts;

// In thousandths of a dollar per million tokens. Writing to the cache costs 1.25 times the input, twice for one hour.
constexpr Rates rates(std::uint64_t input, std::uint64_t output, std::uint64_t cache_read) {
  return {input * 1'000, output * 1'000, input * 1'250, input * 2'000, cache_read * 1'000};
}

constexpr Price price_of(const ModelPrice& row) {
  const Rates usual = rates(row.input, row.output, row.cache_read);
  return {row.name, usual, row.long_input == 0 ? usual : rates(row.long_input, row.long_output, row.long_cache_read)};
}

constexpr auto prices = [] {
  std::array<Price, std::size(facts::models)> all;
  std::transform(std::begin(facts::models), std::end(facts::models), all.begin(), price_of);
  return all;
}();

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
