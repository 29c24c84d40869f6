#include "client/transcript/formats.h"

#include <iterator>

namespace cascade::transcript {
namespace {

constexpr const Format* known_formats[] = {&claude_code, &codex, &gemini, &copilot, &opencode};

}  // namespace

Span<const Format*> formats() noexcept { return {known_formats, std::size(known_formats)}; }

}  // namespace cascade::transcript
