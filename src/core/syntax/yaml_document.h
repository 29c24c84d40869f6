// One reading of YAML by yaml-cpp, without second tries. yaml.cpp decides what to do if it fails.
#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

#include "syntax/lines.h"
#include "syntax/node.h"

namespace cascade::syntax {

// REQUIRES of `text`: well-formed UTF-8 without NUL and U+0004 (yaml-cpp's own end mark), no lone CR, no byte order
// mark. Only [begin, end) is read; `places` is over `text` and gives the positions.
struct YamlSource {
  std::string_view text;
  LineCursor& places;
  std::size_t begin = 0, end = 0;
};

// `read`: yaml-cpp accepted the text; else the last fault says why not, and the root is null. `whole`: false if a
// limit or a second document left something out, or if yaml-cpp is more lenient than YAML and the client (a fault of
// kind syntax says where).
struct Document {
  Node root;
  std::vector<Fault> faults;
  bool read = false, whole = true;
};

Document read_document(const YamlSource& source, const NodeLimits& limits);

}  // namespace cascade::syntax
