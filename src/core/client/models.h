// The models on which Claude Code starts subagents, in the form its Agent tool accepts (client 2.1.328): `model` is
// one of four families, `effort` one of five words. Anything else, even a model's full name, makes the client refuse
// the call.
#pragma once

#include <cascade/result.h>

#include <cstdint>
#include <optional>
#include <string_view>

namespace cascade::client {

// Ordered by cost, from the client's own price list (prices.h): every model of a family is cheaper than every current
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

}  // namespace cascade::client
