// The names that a person calls by the grammar of a call, whether or not anything has them: "use the X skill", "load
// skill X", "/X". prompt/parts.h finds the known ones, however they are called.
#pragma once

#include "prompt/parts.h"

namespace cascade::needs {

struct NamedCall {
  std::string_view name;  // in the text, without its mark
  prompt::CallMark mark = prompt::CallMark::none;
  // The grammar alone says that it is a name; where it does not, it is one only if something has nearly this name.
  bool sure = false;
  bool plain = false;  // written as any word is: one that people use for other things is no name
};

// Whether a text may hold such a call: it begins with a mark, or has a word of kind. One pass over its words.
bool may_call(std::string_view text);

// Orders of the person alone: what is refused, asked about or told of is not called. Several names at once ("the X and
// Y skills") are not read. `said`: what the person says (prompt/parts.h); `language`: two letters.
std::vector<NamedCall> named_calls(std::string_view said, std::string_view language);

}  // namespace cascade::needs
