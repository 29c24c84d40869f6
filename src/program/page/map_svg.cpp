// Whole numbers only, so that every machine draws the same.
#include <algorithm>
#include <array>

#include "page/map_graph.h"
#include "unicode/utf8.h"

namespace cascade::page {
namespace {

constexpr std::uint32_t box_width = 190, box_height = 18, row_height = 22, column_width = 270, margin = 12, top = 44;
constexpr std::size_t longest_label = 30;  // code points that a box has room for

struct Shape {
  std::array<std::uint32_t, columns> x{}, rows{};  // of each column
  std::uint32_t width = 0, height = 0;
};

// Columns without nodes take no room.
Shape shape_of(const Registry& registry, const Map& map) {
  Shape shape;
  for (std::uint32_t node = 0; node < map.nodes(); ++node)
    ++shape.rows[static_cast<std::size_t>(map.column_of(registry, node))];
  std::uint32_t x = margin;
  for (std::size_t column = 0; column < columns; ++column) {
    shape.x[column] = x;
    if (shape.rows[column] == 0) continue;
    shape.width = x + box_width + margin;
    x += column_width;
  }
  shape.height = top + *std::max_element(shape.rows.begin(), shape.rows.end()) * row_height + margin;
  return shape;
}

std::string escaped(std::string_view text) {
  std::string out;
  for (const char c : text) {
    switch (c) {
      case '<': out += "&lt;"; break;
      case '>': out += "&gt;"; break;
      case '&': out += "&amp;"; break;
      case '"': out += "&quot;"; break;
      default: out += c;
    }
  }
  return out;
}

std::string label_of(std::string_view name) {
  const std::size_t colon = name.find(':');
  const std::string text = unicode::displayable(name.substr(colon == std::string_view::npos ? 0 : colon + 1));
  std::size_t at = 0;
  for (std::size_t count = 0; at < text.size() && count < longest_label; ++count)
    at += unicode::decode(text, at).length;
  return escaped(at < text.size() ? text.substr(0, at) + "..." : text);
}

std::string_view stroke_of(Strength strength) {
  switch (strength) {
    case Strength::required: return "r";
    case Strength::invoked: return "i";
    case Strength::mentioned: return "m";
    case Strength::excluded: return "x";
  }
  return "i";
}

class Drawing {
 public:
  Drawing(const Registry& registry, const Map& map) : registry_(registry), map_(map), shape_(shape_of(registry, map)) {}

  std::string draw() {
    begin();
    for (const MapLink& link : strongest_links(map_)) line(link);
    for (std::uint32_t node = 0; node < map_.nodes(); ++node) box(node);
    return std::move(out_) + "</svg>\n";
  }

 private:
  std::size_t column(std::uint32_t node) const { return static_cast<std::size_t>(map_.column_of(registry_, node)); }
  std::uint32_t x(std::uint32_t node) const { return shape_.x[column(node)]; }
  std::uint32_t y(std::uint32_t node) const { return top + map_.rows[node] * row_height; }

  void begin() {
    const std::string width = std::to_string(std::max(shape_.width, box_width)), height = std::to_string(shape_.height);
    out_ = "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"" + width + "\" height=\"" + height +
           "\" viewBox=\"0 0 " + width + " " + height +
           "\" role=\"img\" aria-label=\"Map of a library: " + std::to_string(map_.nodes()) + " nodes, " +
           std::to_string(map_.links.size()) + " links\">\n<style>text{font:11px sans-serif;fill:#1b1f24}" +
           "rect{fill:#fff;stroke:#59636e}path{fill:none;stroke:#59636e;stroke-opacity:.45}.r{stroke-width:2}" +
           ".m{stroke-dasharray:2 3}.x{stroke:#b3261e}.h{font-weight:bold}.s{stroke-dasharray:4 3}" +
           "@media (prefers-color-scheme:dark){text{fill:#e6edf3}rect{fill:#161b22;stroke:#8b949e}" +
           "path{stroke:#8b949e}.x{stroke:#ff8a80}}</style>\n";
    for (std::size_t i = 0; i < columns; ++i)
      if (shape_.rows[i] != 0)
        out_ += "<text class=\"h\" x=\"" + std::to_string(shape_.x[i]) + "\" y=\"24\">" +
                std::string(to_string(static_cast<Column>(i))) + " (" + std::to_string(shape_.rows[i]) + ")</text>\n";
  }

  // From the right side of one box to the left side of the other; within a column, and backwards, around the boxes.
  void line(const MapLink& link) {
    const bool forwards = column(link.from) < column(link.to);
    const std::uint32_t from_x = x(link.from) + box_width, to_x = forwards ? x(link.to) : x(link.to) + box_width;
    const std::uint32_t from_y = y(link.from) + box_height / 2, to_y = y(link.to) + box_height / 2;
    const std::uint32_t bend = forwards ? (from_x + to_x) / 2 : std::max(from_x, to_x) + row_height;
    const auto point = [](std::uint32_t px, std::uint32_t py) { return std::to_string(px) + " " + std::to_string(py); };
    out_ += "<path class=\"" + std::string(stroke_of(link.strength)) + "\" d=\"M" + point(from_x, from_y) + "C" +
            point(bend, from_y) + " " + point(bend, to_y) + " " + point(to_x, to_y) + "\"/>\n";
  }

  void box(std::uint32_t node) {
    const std::string name = name_of(registry_, map_, node);
    const bool shadowed = node < map_.manifests.size() && registry_.shadowed_in_favour_of(map_.manifests[node]);
    out_ += "<rect" + std::string(shadowed ? " class=\"s\"" : "") + " x=\"" + std::to_string(x(node)) + "\" y=\"" +
            std::to_string(y(node)) + "\" width=\"" + std::to_string(box_width) + "\" height=\"" +
            std::to_string(box_height) + "\" rx=\"3\"><title>" + escaped(unicode::displayable(name)) +
            "</title></rect><text x=\"" + std::to_string(x(node) + 5) + "\" y=\"" + std::to_string(y(node) + 13) +
            "\">" + label_of(name) + "</text>\n";
  }

  const Registry& registry_;
  const Map& map_;
  Shape shape_;
  std::string out_;
};

}  // namespace

std::string map_svg(const Registry& registry, const Map& map) { return Drawing(registry, map).draw(); }

}  // namespace cascade::page
