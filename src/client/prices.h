// What tokens of a model cost, by the list that Claude Code 2.1.328 carries and counts its own costs with. It was read
// from that release on 2026-11-21 and held against the costs that the client reports (tests/client/tiers_test.py).
// Prices change: whoever relies on an amount checks them, and cascade.yaml's `tiers.prices` goes before them.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace cascade::client {

constexpr std::string_view price_date = "2026-11-21";
constexpr std::string_view price_source = "the list in Claude Code 2.1.328";

// In millionths of a microdollar a token: a dollar for a million tokens is 1'000'000.
struct Rates {
  std::uint64_t input = 0, output = 0;
  std::uint64_t cache_write = 0, cache_write_1h = 0, cache_read = 0;  // kept for five minutes, for an hour; found there
};

struct Price {
  std::string_view model;  // as the catalogue calls it, "claude-opus-4-5"
  Rates usual;
  Rates long_prompt;  // of a request whose prompt has more than long_prompt_tokens
};
constexpr std::uint64_t long_prompt_tokens = 100'000;
constexpr std::uint64_t search_price = 10'000'000'000;  // a web search, in the same unit

// Null for a model that the list does not have. Found under its own name, with a date behind it
// ("claude-opus-4-5-20251101") and with what other providers put around it ("us.anthropic.claude-opus-4-5-v1:0").
const Price* find_price(std::string_view model) noexcept;

// Whether `model` is the one that the catalogue calls `name`.
bool is_model(std::string_view model, std::string_view name) noexcept;

}  // namespace cascade::client
