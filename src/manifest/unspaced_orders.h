// Orders of languages that put no blanks between words, or the verb behind the name: Chinese, Japanese, Korean.
#pragma once

#include "manifest/line_words.h"

#include <cstddef>
#include <string_view>

namespace cascade::manifest {

enum class UnspacedOrder { none, call, refusal };

// "调用 `x`", "`x` を実行する", "`x` 스킬을 호출한다": whether the text before a name on its line, or after it, has it
// called, or forbids that. An occasion ("使用 `x` 时", "`x` を実行した後") and what the user does are no orders.
UnspacedOrder unspaced_order(std::string_view before, std::string_view after);

// The kind word that the text begins with ("スキル", "에이전트"); none where `kind` is 0.
struct UnspacedKind {
  Kinds kind = 0;
  std::size_t bytes = 0;
};
UnspacedKind unspaced_kind(std::string_view text);

}  // namespace cascade::manifest
