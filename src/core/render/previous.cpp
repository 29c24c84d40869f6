// Only the hashes are read: the packer prefers sections that the reader has already, whatever else the document says.
#include "render/previous.h"

#include "syntax/json.h"

#include <charconv>
#include <string>

namespace cascade::rendering {

Result<std::vector<std::uint64_t>> previous_pieces(std::string_view json) {
  const syntax::Parsed parsed = syntax::parse_json(json);
  const syntax::Node* pieces = parsed.root.find("pieces");
  if (!parsed.complete || pieces == nullptr)
    return Error{
        ErrorCode::malformed, "it is not a bundle that --format json printed", {}, "cascade bundle NAME --format json"};
  std::vector<std::uint64_t> hashes;
  for (const syntax::Node& piece : pieces->items) {
    const syntax::Node* field = piece.find("content_hash");
    if (field == nullptr) continue;
    const std::string& text = field->text;
    std::uint64_t hash = 0;
    const auto [end, fault] = std::from_chars(text.data(), text.data() + text.size(), hash, 16);
    if (fault == std::errc() && end == text.data() + text.size() && hash != 0) hashes.push_back(hash);
  }
  return hashes;
}

}  // namespace cascade::rendering
