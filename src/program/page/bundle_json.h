// What the page of a bundle is made of: the bundle, and the way on which each of its manifests came in.
#pragma once

#include <cascade/resolve.h>

#include <string>
#include <string_view>

namespace cascade::page {

// `bundle`: a document cascade.bundle/1. The answer is cascade.page.bundle/1, which nothing but the page reads.
std::string bundle_json(const Registry& registry, const Resolution& resolution, std::string_view bundle);

}  // namespace cascade::page
