// A figure in the text of an article: the editor pastes the address of the figure's page, the words stay theirs.
(() => {
  const { React } = window;
  const { Modifier, EditorState } = window.DraftJS;
  const WORDS = ["ky", "chot", "he", "moc", "don-vi"];
  const ASK = "Dán địa chỉ trang của con số (mở con số ở Số liệu mở rồi chép địa chỉ):";
  const WRONG = "Đây không phải địa chỉ của một con số có kỳ. Hãy mở con số ở Số liệu mở, chọn kỳ, rồi chép địa chỉ.";

  function questionOf(address) {
    try {
      const url = new URL(address.trim(), window.location.origin);
      const found = /\/so-lieu\/([a-z0-9-]+)\/(?:ho-so\/)?$/.exec(url.pathname);
      if (!found || !url.searchParams.get("ky")) return "";
      const said = WORDS.filter((word) => url.searchParams.get(word));
      const query = said.map((word) => `${word}=${encodeURIComponent(url.searchParams.get(word))}`);
      return `${found[1]}?${query.join("&")}`;
    } catch {
      return "";
    }
  }

  class FigureSource extends React.Component {
    componentDidMount() {
      const { editorState, entityType, entity, onComplete, onClose } = this.props;
      const before = entity ? `/so-lieu/${entity.getData().question.replace("?", "/?")}` : "";
      const typed = window.prompt(ASK, before);
      if (typed === null) return onClose();
      const question = questionOf(typed);
      if (!question) {
        window.alert(WRONG);
        return onClose();
      }
      const content = editorState.getCurrentContent().createEntity(entityType.type, "MUTABLE", { question });
      const key = content.getLastCreatedEntityKey();
      const selection = editorState.getSelection();
      const next = selection.isCollapsed()
        ? Modifier.insertText(content, selection, "…", null, key)
        : Modifier.applyEntity(content, selection, key);
      return onComplete(EditorState.push(editorState, next, "apply-entity"));
    }

    render() {
      return null;
    }
  }

  function Figure({ entityKey, contentState, children }) {
    const { question } = contentState.getEntity(entityKey).getData();
    return React.createElement("span", { title: question, style: { borderBottom: "2px dotted", fontWeight: 600 } }, children);
  }

  window.draftail.registerPlugin({ type: "FIGURE", source: FigureSource, decorator: Figure }, "entityTypes");
})();
