#include "validate/reading/json_values.h"

namespace cascade::validation {

std::string_view describe(syntax::NodeKind kind) noexcept {
  using syntax::NodeKind;
  switch (kind) {
    case NodeKind::null: return "nothing";
    case NodeKind::boolean: return "true or false";
    case NodeKind::number: return "a number";
    case NodeKind::string: return "a text";
    case NodeKind::list: return "a list";
    case NodeKind::map: return "a map";
  }
  return "nothing";
}

}  // namespace cascade::validation
