// The only door to Polaris: what pages use of it is named here.
export {
  Badge,
  Banner,
  BlockStack,
  Box,
  Button,
  Card,
  Checkbox,
  ChoiceList,
  Form,
  InlineGrid,
  InlineStack,
  Layout,
  Page,
  Popover,
  Select,
  SkeletonBodyText,
  Text,
  TextField,
} from '@shopify/polaris';
export { Becomes } from './becomes.tsx';
export { Confirm } from './confirm.tsx';
export { type CsvCell, csvOf, download } from './csv.ts';
export { Definition } from './definition.tsx';
export { FileField } from './file-field.tsx';
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
export { ToastProvider, useToast } from './toast.tsx';
