// The models that Claude Code starts subagents on, as its Agent tool takes them (client 2.1.328): `model` is one of
// four families, `effort` one of five words. Anything else, a full name of a model too, makes the client refuse the
// call.
#pragma once

#include <cascade/result.h>

#include <cstdint>
#include <optional>
#include <string_view>

namespace cascade::client {

// In the order of what they cost, by the client's own list of prices (prices.h): every model of a family is cheaper
// than every current one of the next.
enum class Family : std::uint8_t { haiku, sonnet, opus, fable };
constexpr std::string_view family_names[] = {"haiku", "sonnet", "opus", "fable"};
std::string_view to_string(Family family) noexcept;
// The family of exactly this name.
std::optional<Family> find_family(std::string_view name) noexcept;
// Of a model, however it is called: "opus[1m]", "claude-opus-5-5", "eu.anthropic.claude-opus-5-5-v1:0". Nothing when no
// family stands in it as a word.
std::optional<Family> family_of(std::string_view model) noexcept;

constexpr std::string_view effort_names[] = {"low", "medium", "high", "xhigh", "max"};  // rising
// The effort's place in this order; nothing for another word.
std::optional<std::uint32_t> effort_rank(std::string_view name) noexcept;

}  // namespace cascade::client
