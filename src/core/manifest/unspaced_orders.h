// Orders of languages that put no blanks between words, or the verb behind the name: Chinese, Japanese, Korean.
#pragma once

#include <string_view>

namespace cascade::manifest {

enum class UnspacedOrder { none, call, refusal };

// "调用 `x`", "`x` を実行する", "`x` 스킬을 호출한다": whether the text before a name on its line, or after it, has it
// called, or forbids that. An occasion ("使用 `x` 时", "`x` を実行した後") and what the user does are no orders.
UnspacedOrder unspaced_order(std::string_view before, std::string_view after);

}  // namespace cascade::manifest
