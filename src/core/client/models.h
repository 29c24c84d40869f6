// The models on which Claude Code starts subagents, in the form its Agent tool accepts (client 2.1.328): `model` is
// one of four families, `effort` one of five words. Anything else, even a model's full name, makes the client refuse
// the call.
#pragma once

#include <cascade/result.h>

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "client/settings_files.h"

namespace cascade::client {

// Ordered by cost, from the client's own price list (below): every model of a family is cheaper than every current
// model of the next.
enum class Family : std::uint8_t { haiku, sonnet, opus, fable };
Span<std::string_view> family_names() noexcept;
std::string_view to_string(Family family) noexcept;
// The family of exactly this name.
std::optional<Family> find_family(std::string_view name) noexcept;
// Returns the family of a model in any spelling: "opus[1m]", "claude-opus-5-5", "eu.anthropic.claude-opus-5-5-v1:0";
// nothing if no family is a word of it.
std::optional<Family> family_of(std::string_view model) noexcept;

Span<std::string_view> effort_names() noexcept;  // in rising order
// Returns the effort's place in this order; nothing for another word.
std::optional<std::uint32_t> effort_rank(std::string_view name) noexcept;

// Prices of tokens by model, from the list that Claude Code 2.1.332 carries and uses for its own costs. Read from that
// release on 2026-11-26 and compared with the costs that the client reports (tests/client/tiers_test.py). Prices
// change: check them before relying on an amount; cascade.yaml's `tiers.prices` overrides them.
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

// At the end of a model's name: its longest window.
constexpr std::string_view long_window = "[1m]";

// The model with which a session of the usual client begins unless its command line says otherwise, and what says so.
struct ChosenModel {
  std::string name;          // as it is written, "opus[1m]"; empty: nothing names one, and the account decides
  std::string from;          // "model in /w/.claude/settings.json", "ANTHROPIC_MODEL"
  std::string no_long_from;  // what sets CLAUDE_CODE_DISABLE_1M_CONTEXT; empty: nothing
};

// `files`: settings_files(), the deciding one first. `variable`: of the environment, empty if it is not set; the
// variables that settings set come before it. A variable names the model before settings do, and says which one an
// alias stands for (client 2.1.332).
ChosenModel chosen_model(const std::vector<SettingsFile>& files,
                         const std::function<std::string(const std::string& name)>& variable);

// Whether a client's version, such as "2.1.332", is earlier than another, compared number by number. Text after the
// third number is ignored. False if a number is missing: an unknown client is treated as the newest.
bool is_before(std::string_view version, std::string_view other) noexcept;

// The first version of the usual client that loads mods, modules which handle its events from the inside.
constexpr std::string_view first_with_mods = "2.1.287";

}  // namespace cascade::client
