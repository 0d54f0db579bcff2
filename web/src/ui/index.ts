// The only door to Polaris: what pages use of it is named here.
export {
  ActionList,
  Badge,
  Banner,
  BlockStack,
  Box,
  Button,
  ButtonGroup,
  Card,
  Checkbox,
  ChoiceList,
  Form,
  FormLayout,
  InlineGrid,
  InlineStack,
  Layout,
  Link,
  List,
  Modal,
  Page,
  Popover,
  ProgressBar,
  Select,
  SkeletonBodyText,
  Tag,
  Text,
  TextField,
} from '@shopify/polaris';
export { DeleteIcon } from '@shopify/polaris-icons';
export { Becomes } from './becomes.tsx';
export { Confirm } from './confirm.tsx';
export { csvOf, download } from './csv.ts';
export { Definition } from './definition.tsx';
export type { Change } from './delta.tsx';
export { Facts, Figures } from './facts.tsx';
export { FileField } from './file-field.tsx';
export { type Group, groupLink, segmentLink } from './group-link.ts';
export { Mark } from './mark.tsx';
export { PageSection } from './page-section.tsx';
export { PageTabs, useTab } from './page-tabs.tsx';
export { LoadedPages } from './pages.tsx';
export { Progress } from './progress.tsx';
export { UiProvider } from './provider.tsx';
export { Reason } from './reason.tsx';
export { SaveBar } from './save-bar.tsx';
export { PageSkeleton } from './skeleton.tsx';
export { Empty, Failed, Loaded, LoadedCard, useExplain } from './states.tsx';
export { type Column, FigureTable } from './table.tsx';
export { Tile, Tiles } from './tile.tsx';
export { ToastProvider, useToast } from './toast.tsx';
