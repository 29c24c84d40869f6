// Prices of tokens by model, from the list that Claude Code 2.1.332 carries and uses for its own costs. Read from that
// release on 2026-11-26 and compared with the costs that the client reports (tests/client/tiers_test.py). Prices
// change: check them before relying on an amount; cascade.yaml's `tiers.prices` overrides them.
#pragma once

#include <cstdint>
#include <string_view>

namespace cascade::client {

constexpr std::string_view price_date = "2026-11-26";
constexpr std::string_view price_source = "the list in Claude Code 2.1.332";

// In millionths of a microdollar per token: a dollar per million tokens is 1'000'000.
struct Rates {
  std::uint64_t input = 0, output = 0;
  std::uint64_t cache_write = 0, cache_write_1h = 0, cache_read = 0;  // for five minutes, for an hour; reading
};

struct Price {
  std::string_view model;  // the catalogue's name, "claude-opus-4-5"
  Rates usual;
  Rates long_prompt;  // for a request whose prompt has more than long_prompt_tokens
};
constexpr std::uint64_t long_prompt_tokens = 100'000;
constexpr std::uint64_t search_price = 10'000'000'000;  // per web search, in the same unit

// Null: the model is not in the list. Finds it by its own name, with a date appended ("claude-opus-4-5-20251101") and
// with other providers' additions ("us.anthropic.claude-opus-4-5-v1:0").
const Price* find_price(std::string_view model) noexcept;

// Whether `model` is the catalogue's model `name`.
bool is_model(std::string_view model, std::string_view name) noexcept;

}  // namespace cascade::client
