// A slip's square holds the code behind #, which a browser sends nowhere. Without this one writes it.

const field = document.querySelector("[data-slip]");
if (field && location.hash.length > 1) {
  field.value = decodeURIComponent(location.hash.slice(1));
  history.replaceState(null, "", location.pathname);
}
