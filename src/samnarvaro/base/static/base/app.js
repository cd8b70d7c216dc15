// Small conveniences. Every page works without them.

import "./blank.js";
import "./drafts.js";
import "./folds.js";
import "./palette.js";
import "./parts.js";
import "./picks.js";
import "./rounds.js";
import "./toasts.js";
import { turn } from "./blank.js";
import { onKey } from "./keys.js";

function blankScreen() {
  turn();
  return true;
}

onKey("b", blankScreen);
onKey("B", blankScreen);
