// A key in the machine, in place of a password or after it. allauth's own script does the ceremony; this one starts it
// from the page's data, shows what needs a script, and says in words what went wrong.

const set = document.currentScript.dataset;
const jobs = { login: "loginForm", authenticate: "authenticateForm", add: "addForm" };

for (const each of document.querySelectorAll("[data-needs-script]")) each.hidden = !window.PublicKeyCredential;

window.allauth.webauthn.forms[jobs[set.job]]({
  ids: {
    login: set.button,
    authenticate: set.button,
    add: set.button,
    credential: set.credential,
    passwordless: set.passwordless,
    data: "js_data",
  },
});

// Whose machine this is was said beside the password: it holds for the key too.
const copy = document.querySelector("#mfa_login [name=shared]");
document.getElementById("id_shared")?.addEventListener("change", (event) => copy && (copy.disabled = !event.target.checked));

document.addEventListener("allauth.error", (event) => {
  event.preventDefault();
  const button = document.getElementById(set.button);
  let said = button.form.querySelector(".error");
  if (!said) {
    said = document.createElement("p");
    said.className = "error";
    said.setAttribute("role", "alert");
    button.before(said);
  }
  said.textContent = set.failed;
});
