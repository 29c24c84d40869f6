// Writes the document cascade.bundle/1 and the parts of it that cascade.why/1 shares.
#pragma once

#include "render/bundle.h"
#include "syntax/json.h"

#include <string>
#include <vector>

namespace cascade::rendering {

std::string bundle_json(const Registry& registry, const Bundle& bundle, const BundleContext& context);
std::string ladder_json(const Registry& registry, const std::vector<Bundle>& rungs, const BundleContext& context);

void put_budget(syntax::JsonWriter& json, const Budget& budget, const BundleContext& context);
void put_certificate(syntax::JsonWriter& json, const Bundle& bundle);

}  // namespace cascade::rendering
